"""`gci draft`: drafts of states' scores before publication, and how states answered theirs."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gci.cli.printing import console, grid, print_json, text
from gci.cli.refreshing import refreshed
from gci.core.errors import WrongUsage

if TYPE_CHECKING:
    from datetime import datetime

    from gci.core.paths import DataFolders
    from gci.core.records import Candidate


def draft(
    edition: Annotated[str, typer.Option(help="The edition, e.g. 2026.")],
    state: Annotated[str, typer.Option(help="The state, ISO 3166 alpha-3; all of them when not given.")] = "",
    lang: Annotated[str | None, typer.Option(help="en, fr, es, ar, zh or ru; the state's own when not given.")] = None,
    out: Annotated[
        Path | None,
        typer.Option(help="Where to write: of one state a file, of all a folder or a .zip, with an index and letters."),
    ] = None,
    sent: Annotated[
        bool, typer.Option("--sent", help="Record that it went out; without --state all that were made.")
    ] = False,
    comment: Annotated[str, typer.Option(help="What the state said without another return: record it.")] = "",
    on: Annotated[str, typer.Option(help="The day on which that came, ISO 8601; today when not given.")] = "",
    answer: Annotated[str, typer.Option(help="What the state was answered to its comments: record it.")] = "",
    by: Annotated[str, typer.Option(help="Who writes the comment down, or answered it.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """Write drafts from the candidate that waits, record what became of them, or list how states answered.

    A state answers with a newer return or a comment; silence is silence when `comments_to` is over. A comment is a case
    until it is answered.
    """
    from gci.core.paths import data_folders
    from gci.reference.seeds import edition as known

    known(edition)
    if comment or answer:
        _said(edition, state, comment, answer, on, by, data_folders())
    elif sent and out is None:
        _sent(edition, state, lang, data_folders())
    elif state:
        _one(edition, state, lang, out, refreshed(edition), sent=sent)
    elif out is not None:
        _all(edition, out, refreshed(edition), sent=sent)
    else:
        _listed(edition, data_folders(), as_json=as_json)


def _candidate(edition: str, folders: DataFolders) -> Candidate:
    from gci.sign_off.pending import pending

    found = pending(folders, edition)
    if not found:
        raise WrongUsage(
            f"No candidate of {edition} has passed its gates and waits: there is no draft. `gci run --edition "
            f"{edition}` builds one."
        )
    return found[0]


def _one(edition: str, state: str, lang: str | None, out: Path | None, folders: DataFolders, *, sent: bool) -> None:
    from gci.casework.cases import state_code
    from gci.casework.draft import as_html
    from gci.casework.draft_batch import made

    candidate = _candidate(edition, folders)
    one = made(candidate, state_code(state), lang, folders).draft
    if out is None:
        sys.stdout.write(as_html(one))
    else:
        out.write_text(as_html(one), encoding="utf-8")
        marked = "SYNTHETIC, " if one.synthetic else ""
        sys.stderr.write(f"{out}: {marked}{len(one.lines)} answers, in {one.language}.\n")
        _record(candidate, [(one.iso3, one.language)], folders, sent=sent)


def _all(edition: str, out: Path, folders: DataFolders, *, sent: bool) -> None:
    from gci.casework.draft_batch import write_all
    from gci.reference.seeds import members

    candidate = _candidate(edition, folders)
    drafts = write_all(candidate, members(edition), folders, out)
    languages = len({one.language for one in drafts})
    marked = "SYNTHETIC, " if any(one.synthetic for one in drafts) else ""
    sys.stderr.write(f"{out}: {marked}drafts of {len(drafts)} states in {languages} languages; see its index.\n")
    _record(candidate, [(one.iso3, one.language) for one in drafts], folders, sent=sent)


def _record(candidate: Candidate, made: list[tuple[str, str]], folders: DataFolders, *, sent: bool) -> None:
    """Note drafts of a candidate, each a state and a language, as made, or as sent."""
    from gci.core import clock
    from gci.core.checksums import sha256
    from gci.storage.drafts import Note, record, record_made

    moment, digest = clock.now().isoformat(), sha256(candidate.database)
    for iso3, language in made:
        note = Note("sent" if sent else "made", candidate.edition, iso3, moment, language, digest)
        (record if sent else record_made)(note, folders)
    sys.stderr.write(
        "Recorded as sent.\n" if sent else "Recorded as made; when they have gone out, say so with --sent.\n"
    )


def _sent(edition: str, state: str, lang: str | None, folders: DataFolders) -> None:
    """Record that drafts that were made went out: that of a state, or all; nothing is written anew."""
    from gci.casework.cases import state_code
    from gci.core import clock
    from gci.sign_off.open_comments import named
    from gci.storage.drafts import record, unsent

    iso3 = state_code(state) if state else ""
    waiting = [note for note in unsent(edition, folders) if iso3 in ("", note.iso3)]
    if not waiting:
        about, how = (f"of {iso3} for ", f"--state {iso3} --out draft.html") if iso3 else ("of ", "--out drafts.zip")
        raise WrongUsage(f"No draft {about}{edition} waits to be sent: make it first ({how}).")
    if lang and lang != waiting[0].language:
        made = f"The draft of {iso3} was made" if iso3 else "Drafts were made"
        raise WrongUsage(f"{made} in {waiting[0].language}, not in {lang}: leave --lang out, or make it in {lang}.")
    for note in waiting:
        record(replace(note, what="sent", at=clock.now().isoformat()), folders)
    files = {note.candidate[:12] for note in waiting}
    languages = ", ".join(sorted({note.language for note in waiting}))
    sys.stderr.write(
        f"Recorded as sent: {len(waiting)} ({named([note.iso3 for note in waiting])}), in {languages}, made of the "
        f"candidate with SHA-256 {', '.join(sorted(files))}.\n"
    )


def _said(edition: str, state: str, comment: str, answer: str, on: str, by: str, folders: DataFolders) -> None:
    from gci.casework.cases import state_code
    from gci.storage.drafts import Note, answers, comments, record

    if comment and answer:
        raise WrongUsage("A comment and its answer are recorded one after the other: --comment, then --answer.")
    if not state or not by.strip():
        raise WrongUsage("--comment and --answer need --state: which one; and --by: who writes it down, or answered.")
    iso3 = state_code(state)
    drafted = next((one for one in answers(edition, folders) if one.iso3 == iso3), None)
    if drafted is None:
        raise WrongUsage(f"{iso3} was sent no draft of {edition}: record it with --sent first.")
    if answer and not any((one.edition, one.iso3) == (edition, iso3) for one in comments(folders)):
        raise WrongUsage(f"{iso3} has commented on no draft of {edition}: there is nothing to answer.")
    moment = _came(on, drafted.sent_at)
    record(
        Note("comment" if comment else "answer", edition, iso3, moment.isoformat(), by=by, text=comment or answer),
        folders,
    )
    sys.stderr.write(
        "The comment is recorded; it is a case until it is answered (--answer).\n"
        if comment
        else "The answer is recorded; its case is closed.\n"
    )


def _came(on: str, sent_at: str) -> datetime:
    """The moment at which something came: now, or the end of a day that is over and no earlier than the draft."""
    from datetime import UTC, date, datetime, timedelta

    from gci.core import clock

    now = clock.now()
    if not on:
        return now
    try:
        day = date.fromisoformat(on)
    except ValueError:
        raise WrongUsage(f"--on {on!r} is no day as ISO 8601 writes it, e.g. {now:%F}.") from None
    if not datetime.fromisoformat(sent_at).date() <= day <= now.date():
        raise WrongUsage(
            f"--on {on}: nothing comes before its draft went out ({sent_at[:10]}), nor after today ({now:%F})."
        )
    end = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=1, seconds=-1)
    return min(now, end)


def _listed(edition: str, folders: DataFolders, *, as_json: bool) -> None:
    from gci.sign_off.open_comments import named
    from gci.storage.drafts import answers, comments, unsent

    found = answers(edition, folders)
    open_ = [one.iso3 for one in comments(folders) if one.edition == edition and one.answered_at is None]
    made = [note.iso3 for note in unsent(edition, folders)]
    if as_json:
        print_json([one.as_dict() | {"text": one.text, "to_answer": open_.count(one.iso3)} for one in found])
        return
    out = console()
    if made:
        out.print(f"Made and not sent: {len(made)} ({named(made)}).", soft_wrap=True)
    if not found:
        out.print(f"No draft of {edition} has been recorded as sent.")
        return
    cells = [
        (
            one.iso3,
            one.sent_at[:10],
            one.said,
            (one.answered_at or "")[:10],
            str(open_.count(one.iso3) or ""),
            text(one.text),
        )
        for one in found
    ]
    heads = ("state", "sent", "answer", "on", "to answer", "comment")
    out.print(
        grid({head: ("left", [row[at] for row in cells]) for at, head in enumerate(heads)}, out, shrinks="comment")
    )
