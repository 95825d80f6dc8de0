"""`gci draft`: the draft of a state's scores before publication, and how states answered theirs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gci.cli.printing import console, grid, print_json, text
from gci.cli.refreshing import refreshed
from gci.core.errors import WrongUsage

if TYPE_CHECKING:
    from gci.core.paths import DataFolders


def draft(
    edition: Annotated[str, typer.Option(help="The edition, e.g. 2026.")],
    state: Annotated[str, typer.Option(help="The state, ISO 3166 alpha-3; without it all answers are listed.")] = "",
    lang: Annotated[str | None, typer.Option(help="en, fr, es, ar, zh or ru; the state's own when not given.")] = None,
    out: Annotated[Path | None, typer.Option(help="File to write the draft to, as HTML.")] = None,
    sent: Annotated[bool, typer.Option("--sent", help="Record that it went out.")] = False,
    comment: Annotated[str, typer.Option(help="What the state said without another return: record it.")] = "",
    by: Annotated[str, typer.Option(help="Who writes the comment down.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """Write a state's draft from the candidate that waits, record that it went out, or what was said; or list answers.

    A state answers with a newer return or a comment; silence counts as silence when `comments_to` is over.
    """
    from gci.core.paths import data_folders

    if not state:
        _listed(edition, data_folders(), as_json=as_json)
    elif comment:
        _record("comment", edition, state, data_folders(), by=by, text=comment)
    else:
        _write(edition, state, lang, out, refreshed(edition), sent=sent)


def _write(edition: str, state: str, lang: str | None, out: Path | None, folders: DataFolders, *, sent: bool) -> None:
    from gci.casework.cases import state_code
    from gci.casework.draft import as_html
    from gci.casework.draft import draft as write
    from gci.casework.letter import letter
    from gci.core.checksums import sha256
    from gci.sign_off.pending import pending

    iso3 = state_code(state)
    found = pending(folders, edition)
    if not found:
        raise WrongUsage(
            f"No candidate of {edition} has passed its gates and waits: there is no draft. `gci run --edition "
            f"{edition}` builds one."
        )
    made = write(found[0], iso3, lang, folders, letter(edition, iso3, lang, folders).queries)
    page = as_html(made)
    if out is None:
        sys.stdout.write(page)
    else:
        out.write_text(page, encoding="utf-8")
        marked = "SYNTHETIC, " if made.synthetic else ""
        sys.stderr.write(f"{out}: {marked}{len(made.lines)} answers, in {made.language}.\n")
    if sent:
        _record("sent", edition, iso3, folders, language=made.language, candidate=sha256(found[0].database))


def _record(what: str, edition: str, state: str, folders: DataFolders, **said: str) -> None:
    from gci.casework.cases import state_code
    from gci.core import clock
    from gci.reference.seeds import edition as known
    from gci.storage.drafts import Note, answers, record

    iso3 = state_code(state)
    if what == "comment":
        if not said["by"].strip():
            raise WrongUsage("--comment needs --by: who writes it down.")
        if iso3 not in {one.iso3 for one in answers(known(edition).edition, folders)}:
            raise WrongUsage(f"{iso3} was sent no draft of {edition}: record it with --sent first.")
    moment = clock.now().isoformat()
    record(Note("sent" if what == "sent" else "comment", edition, iso3, moment, **said), folders)
    sys.stderr.write("Recorded as sent.\n" if what == "sent" else "The comment is recorded.\n")


def _listed(edition: str, folders: DataFolders, *, as_json: bool) -> None:
    from gci.reference.seeds import edition as known
    from gci.storage.drafts import answers

    found = answers(known(edition).edition, folders)
    if as_json:
        print_json([one.as_dict() | {"text": one.text} for one in found])
        return
    out = console()
    if not found:
        out.print(f"No draft of {edition} has been recorded as sent.")
        return
    cells = [(one.iso3, one.sent_at[:10], one.said, (one.answered_at or "")[:10], text(one.text)) for one in found]
    heads = ("state", "sent", "answer", "on", "comment")
    out.print(
        grid({head: ("left", [row[at] for row in cells]) for at, head in enumerate(heads)}, out, shrinks="comment")
    )
