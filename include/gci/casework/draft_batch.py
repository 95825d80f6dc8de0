"""The drafts of all states of an edition at once: a folder, or one zip, with an index and what goes to each state.

| file | what |
|---|---|
| `index.html`, `index.csv` | which state gets which files, in which language |
| `<ISO3>_<edition>_<language>.html` | the draft |
| `<ISO3>_<edition>_<language>.txt` | the letter that it goes with, for the body of a message |
| `<ISO3>_<edition>_<language>.xlsx` | the questionnaire with what it is asked about, where that is single questions |
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from gci.casework.asked import questionnaire
from gci.casework.draft import Draft, as_html, as_text, draft
from gci.casework.letter import letter
from gci.casework.writer import pages
from gci.core.atomic_directory import hidden
from gci.core.atomic_file import write_over
from gci.core.disclaimer import SYNTHETIC
from gci.core.errors import WrongUsage
from gci.core.paths import DataFolders
from gci.core.records import Candidate
from gci.reference.seeds import member_states
from gci.storage.drafts import Comment, comments

_ZIPPED = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can say: the same drafts are the same bytes
_DRAFT = "draft"


@dataclass(frozen=True)
class Made:
    """What goes to one state.

    Attributes:
        draft: its draft.
        files: content by name: the draft, its letter, and the questionnaire where one goes along.
    """

    draft: Draft
    files: dict[str, bytes]


def made(
    candidate: Candidate, iso3: str, language: str | None, folders: DataFolders, said: Sequence[Comment] | None = None
) -> Made:
    """Write what goes to a state: its draft with its open points, the letter, and the questionnaire about these.

    Args:
        candidate: what stands to be published; its file is built.
        iso3: the state.
        language: one of the six; when not given the state's own.
        folders: where returns, survey.duckdb (refreshed before) and the notes on drafts lie.
        said: the comments on drafts; read when not given.

    Raises:
        WrongUsage: there is no such language, or the state is not in the edition.
        TryAgain: survey.duckdb has not been made, or cannot be read.
        Damaged: a return that counts, or a note on a draft, cannot be read.
    """
    # The draft is in the state's own language, whatever the one of its return: the letter's words follow it.
    first = draft(candidate, iso3, language, folders, said=comments(folders) if said is None else said)
    about = letter(candidate.edition, iso3, first.language, folders)
    asked = tuple(query for query in about.queries if all(case["kind"] != _DRAFT for case in query.cases))
    one = replace(first, queries=asked)
    stem = f"{iso3}_{candidate.edition}_{one.language}"
    files = {f"{stem}.html": as_html(one).encode(), f"{stem}.txt": as_text(one).encode()}
    if about.encloses:
        files[f"{stem}.xlsx"] = questionnaire(candidate.edition, iso3, one.language, folders)
    return Made(one, files)


def write_all(candidate: Candidate, states: Iterable[str], folders: DataFolders, out: Path) -> list[Draft]:
    """Write what goes to states, to each in its language.

    Args:
        candidate: what stands to be published; its file is built.
        states: their codes, iso3.
        folders: where returns, survey.duckdb (refreshed before) and the notes on drafts lie.
        out: a file whose name ends in .zip, or a folder that is not there yet; there whole, or not at all.

    Returns:
        The drafts, by iso3. The same candidate, cases and day give the same bytes.

    Raises:
        WrongUsage: something has that name already; nothing is written.
        OSError: the disk refuses.
    """
    if out.exists():
        raise WrongUsage(f"{out} is there already. Take it away, or name another place: drafts are never mixed.")
    drafts: list[Draft] = []
    every = partial(_every, candidate, sorted(states), folders, drafts)
    out.parent.mkdir(parents=True, exist_ok=True)
    if out.suffix == ".zip":
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for name, content in every():
                archive.writestr(zipfile.ZipInfo(name, _ZIPPED), content, zipfile.ZIP_DEFLATED)
        write_over(out, packed.getvalue())
        return drafts
    with hidden(out) as part:
        for name, content in every():
            (part / name).write_bytes(content)
        part.rename(out)
    return drafts


def _every(
    candidate: Candidate, states: Sequence[str], folders: DataFolders, drafts: list[Draft]
) -> Iterator[tuple[str, bytes]]:
    said = comments(folders)
    listed: list[tuple[Draft, list[str]]] = []
    for iso3 in states:
        one = made(candidate, iso3, None, folders, said)
        drafts.append(one.draft)
        listed.append((one.draft, list(one.files)))
        yield from one.files.items()
    yield "index.csv", _index(listed)
    yield "index.html", _page(candidate.edition, listed)


def _index(listed: Iterable[tuple[Draft, list[str]]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        ("iso3", "member_state", "language", "draft", "letter", "questionnaire", "open_points", "synthetic")
    )
    for one, files in listed:
        named = [next((name for name in files if name.endswith(kind)), "") for kind in (".html", ".txt", ".xlsx")]
        said = ("yes" if one.synthetic else "no",)
        writer.writerow((one.iso3, _name(one), one.language, *named, len(one.queries), *said))
    return out.getvalue().encode()


def _page(edition: str, listed: Iterable[tuple[Draft, list[str]]]) -> bytes:
    rows = [(one, _name(one), files) for one, files in listed]
    invented = f" · {SYNTHETIC}" if any(one.synthetic for one, *_ in rows) else ""
    page = pages("en").get_template("drafts.html.jinja")
    return page.render(title=f"Drafts of {edition}{invented}", rows=rows).encode()


def _name(one: Draft) -> str:
    return member_states()[one.iso3].names["en"]
