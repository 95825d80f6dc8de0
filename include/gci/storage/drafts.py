"""The ledger of drafts: which state's draft was made and sent when, what it said, what it was told. Append-only.

A state answers with a newer return, or with a comment that the index team writes down and then answers. Whoever does
neither by the end of `comments_to` was silent: that is what stands in the release, whatever comes later.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from gci.core import canonical_json, clock
from gci.core.paths import DataFolders
from gci.reference.round_dates import round_dates
from gci.storage.damage import reading_json
from gci.storage.landing import receipts, write_once

Said = Literal["made", "return", "comment", "silence", "waiting"]


@dataclass(frozen=True)
class Note:
    """What is written down of a draft.

    Attributes:
        what: `made`: it was written; `sent`; `comment`: what the state said without another return; `answer`: what the
            index team answered to its comments so far.
        edition: the edition.
        iso3: the state.
        at: when, ISO 8601 UTC; of a comment when it came.
        language: of the draft; else empty.
        candidate: SHA-256 of the file that the draft was made of; else empty.
        by: who wrote a comment down, or answered it; empty for a draft.
        text: the comment, or the answer.
    """

    what: Literal["made", "sent", "comment", "answer"]
    edition: str
    iso3: str
    at: str
    language: str = ""
    candidate: str = ""
    by: str = ""
    text: str = ""


@dataclass(frozen=True)
class Answer:
    """A draft, and how its state answered it.

    Attributes:
        edition: the edition.
        iso3: the state.
        note: SHA-256 of the note of its newest making or sending.
        made_at: when it was first written, ISO 8601 UTC; when it was sent, where nothing says more.
        sent_at: when it went out; empty while it has not.
        said: `made` while it has not gone out; `return` or `comment` (both: the return); `silence` when the days for
            comments passed without either, whatever came later; else `waiting`.
        until: the last day for comments, ISO 8601; empty where none is decided that came after the draft.
        answered_at: when it was answered; None where it was not, or not in time.
        answered_by: SHA-256 of the return, or of the note of the comment; empty without one.
        ended_at: when it waited no more: it was answered, the days were over, or a newer draft took its place.
        text: the newest comment on it, in time or not; empty without one.
    """

    edition: str
    iso3: str
    note: str
    made_at: str
    sent_at: str
    said: Said
    until: str = ""
    answered_at: str | None = None
    answered_by: str = ""
    ended_at: str | None = None
    text: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON values, as they stand in a release: without the words of a comment, which was not for all."""
        return {name: getattr(self, name) for name in ("iso3", "sent_at", "said", "answered_at")}


@dataclass(frozen=True)
class Comment:
    """What a state said of its draft without another return, and what it was told.

    Attributes:
        edition: the edition.
        iso3: the state.
        note: SHA-256 of its note.
        came_at: when it came, ISO 8601 UTC.
        by: who wrote it down.
        text: its words.
        answered_at: when the index team answered it; None while nobody has.
        answered_by: who did.
        answer: the answer.
        answer_note: SHA-256 of the note of the answer.
    """

    edition: str
    iso3: str
    note: str
    came_at: str
    by: str
    text: str
    answered_at: str | None = None
    answered_by: str = ""
    answer: str = ""
    answer_note: str = ""


@dataclass(frozen=True)
class _Kept:
    """A note with its digest and its moment."""

    digest: str
    note: Note
    moment: datetime


def record(note: Note, folders: DataFolders) -> None:
    """Write a note down. The same one twice in a second is one. Raises OSError when the disk refuses."""
    folders.drafts.mkdir(parents=True, exist_ok=True)
    text = canonical_json.document(asdict(note))
    name = f"{hashlib.sha256(text).hexdigest()}.json"
    write_once(folders.drafts / name, lambda out: out.write(text), folders)


def record_made(note: Note, folders: DataFolders) -> None:
    """Write down that a draft was made, unless the same one of the same file was made or sent before."""
    same = ("edition", "iso3", "language", "candidate")
    made = (kept.note for kept in _notes(folders) if kept.note.what in ("made", "sent"))
    if not any(all(getattr(one, name) == getattr(note, name) for name in same) for one in made):
        record(note, folders)


def unsent(edition: str, folders: DataFolders) -> list[Note]:
    """The drafts of an edition that were made and have not gone out, by iso3: of each state the newest.

    Raises:
        Damaged: a note cannot be read.
    """
    made = {one.note for one in drafts(folders) if one.edition == edition and one.said == "made"}
    return sorted((one.note for one in _notes(folders) if one.digest in made), key=lambda note: note.iso3)


def answers(edition: str, folders: DataFolders) -> list[Answer]:
    """How each state answered that was sent a draft, by iso3: of each its newest one that went out.

    Raises:
        Damaged: a note cannot be read.
    """
    newest = {one.iso3: one for one in drafts(folders) if one.edition == edition and one.sent_at}
    return [one for _, one in sorted(newest.items())]


def drafts(folders: DataFolders) -> list[Answer]:
    """All drafts of all editions, by edition, state and time, each with how it was answered.

    Raises:
        Damaged: a note cannot be read.
    """
    told = _by_state(folders)
    if not told:
        return []
    returned: dict[tuple[str, str], list[tuple[datetime, str]]] = {}
    for one in receipts(folders):
        if one.edition and one.iso3 and (one.kind, one.collector) == ("survey", "state"):
            came = _moment(one.collected_at or one.received_at)
            returned.setdefault((one.edition, one.iso3), []).append((came, one.digest))
    ends = {edition: _end(edition, folders) for edition, _ in told}
    return [
        one
        for place, notes in sorted(told.items())
        for one in _of_state(notes, sorted(returned.get(place, [])), ends[place[0]])
    ]


def comments(folders: DataFolders) -> list[Comment]:
    """All comments of states on their drafts, by edition, state and time, each with the first answer after it.

    Raises:
        Damaged: a note cannot be read.
    """
    found = []
    for (edition, iso3), notes in sorted(_by_state(folders).items()):
        answered = [one for one in notes if one.note.what == "answer"]
        for said in (one for one in notes if one.note.what == "comment"):
            note = said.note
            later = next((one for one in answered if one.moment >= said.moment), None)
            closed = (later.note.at, later.note.by, later.note.text, later.digest) if later else ()
            found.append(Comment(edition, iso3, said.digest, note.at, note.by, note.text, *closed))
    return found


def _of_state(notes: list[_Kept], returned: list[tuple[datetime, str]], end: datetime | None) -> Iterable[Answer]:
    """The drafts of a state, oldest first."""
    sent = [one for one in notes if one.note.what == "sent"]
    made = [one for one in notes if one.note.what == "made"]
    said = [one for one in notes if one.note.what == "comment"]
    for number, draft in enumerate(sent):
        before = sent[number - 1].moment if number else None
        after = sent[number + 1].moment if number + 1 < len(sent) else None
        began = [one.note.at for one in made if one.moment <= draft.moment and (not before or one.moment > before)]
        on_it = [one for one in said if one.moment >= draft.moment and (not after or one.moment < after)]
        yield _answer(draft, (began or [draft.note.at])[0], on_it, returned, after, end)
    unsent = [one for one in made if not sent or one.moment > sent[-1].moment]
    if unsent:
        first, last = unsent[0], unsent[-1]
        last_day, closes = _window(first.moment, end)
        over = closes.isoformat() if closes and clock.now() >= closes else None
        place = (first.note.edition, first.note.iso3, last.digest)
        yield Answer(*place, first.note.at, "", "made", last_day, ended_at=over)


def _answer(
    draft: _Kept,
    made_at: str,
    said: list[_Kept],
    returned: list[tuple[datetime, str]],
    after: datetime | None,
    end: datetime | None,
) -> Answer:
    note = draft.note
    last_day, closes = _window(draft.moment, end)

    def in_time(moment: datetime) -> bool:
        return (not after or moment < after) and (not closes or moment < closes)

    first = next(((at, by) for at, by in returned if at > draft.moment and in_time(at)), None)
    spoken = [(one.moment, one.digest) for one in said if in_time(one.moment)]
    kind: Said = "return" if first else "comment" if spoken else "waiting"
    at, by = first or (spoken[-1] if spoken else (None, ""))
    if not at and closes and clock.now() >= closes and (not after or closes <= after):
        kind = "silence"
    over = at or (closes if kind == "silence" else after)
    return Answer(
        note.edition,
        note.iso3,
        draft.digest,
        made_at,
        note.at,
        kind,
        last_day,
        at.isoformat() if at else None,
        by,
        over.isoformat() if over else None,
        said[-1].note.text if said else "",
    )


def _window(begun: datetime, end: datetime | None) -> tuple[str, datetime | None]:
    """The last day for comments on a draft and its end; nothing where it was over before the draft was there."""
    if end is None or end <= begun:
        return "", None
    return (end - timedelta(days=1)).date().isoformat(), end


def _end(edition: str, folders: DataFolders) -> datetime | None:
    last = round_dates(edition, folders).get("comments_to")
    return datetime(last.year, last.month, last.day, tzinfo=UTC) + timedelta(days=1) if last else None


def _moment(text: str) -> datetime:
    given = datetime.fromisoformat(text)
    return given if given.tzinfo else given.replace(tzinfo=UTC)


def _by_state(folders: DataFolders) -> dict[tuple[str, str], list[_Kept]]:
    """The notes by edition and state, oldest first."""
    found: dict[tuple[str, str], list[_Kept]] = {}
    for one in sorted(_notes(folders), key=lambda kept: (kept.moment, kept.digest)):
        found.setdefault((one.note.edition, one.note.iso3), []).append(one)
    return found


def _notes(folders: DataFolders) -> list[_Kept]:
    return [_read(path) for path in sorted(folders.drafts.glob("[!.]*.json"))]


def _read(path: Path) -> _Kept:
    with reading_json(path, "Bring landing/ back from the newest backup, with all that landed since."):
        try:
            note = Note(**json.loads(path.read_bytes()))
            return _Kept(path.stem, note, _moment(note.at))
        except TypeError as error:
            raise ValueError(f"it is JSON, but no note on a draft: {error}") from error
    raise AssertionError  # reading_json lets nothing fall through
