"""The ledger of drafts: which state was sent the draft of its scores when, and what it said. Append-only.

A state answers with a newer return, or with a comment that the index team writes down. Whoever does neither by the end
of `comments_to` was silent, and that is what stands in the release.
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

Said = Literal["return", "comment", "silence", "waiting"]


@dataclass(frozen=True)
class Note:
    """What is written down of a draft.

    Attributes:
        what: `sent`, or `comment`: what the state said without another return.
        edition: the edition.
        iso3: the state.
        at: when, ISO 8601 UTC.
        language: of the draft; empty for a comment.
        candidate: SHA-256 of the file that the draft was made of; empty for a comment.
        by: who wrote it down; empty where it was sent.
        text: the comment.
    """

    what: Literal["sent", "comment"]
    edition: str
    iso3: str
    at: str
    language: str = ""
    candidate: str = ""
    by: str = ""
    text: str = ""


@dataclass(frozen=True)
class Answer:
    """How a state answered its draft.

    Attributes:
        iso3: the state.
        sent_at: when its newest draft went out, ISO 8601 UTC.
        said: `return` or `comment` (both: the return), `silence` when the days for comments are over, else `waiting`.
        answered_at: when it did; None where it has not.
        text: its newest comment; empty without one.
    """

    iso3: str
    sent_at: str
    said: Said
    answered_at: str | None = None
    text: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON values, as they stand in a release: without the words of a comment, which was not for all."""
        return {name: value for name, value in asdict(self).items() if name != "text"}


def record(note: Note, folders: DataFolders) -> None:
    """Write a note down. The same one twice in a second is one. Raises OSError when the disk refuses."""
    folders.drafts.mkdir(parents=True, exist_ok=True)
    text = canonical_json.document(asdict(note))
    name = f"{hashlib.sha256(text).hexdigest()}.json"
    write_once(folders.drafts / name, lambda out: out.write(text), folders)


def answers(edition: str, folders: DataFolders) -> list[Answer]:
    """How each state answered that was sent a draft, by iso3.

    Raises:
        Damaged: a note cannot be read.
    """
    told = sorted((one for one in _notes(folders) if one.edition == edition), key=lambda one: one.at)
    sent = {one.iso3: one for one in told if one.what == "sent"}
    if not sent:
        return []
    own = [one for one in receipts(folders) if (one.kind, one.edition, one.collector) == ("survey", edition, "state")]
    returned = {one.iso3: one.collected_at or one.received_at for one in own if one.iso3}
    over = _is_over(edition, folders)
    return [
        _answer(draft, [one for one in told if one.iso3 == iso3], returned.get(iso3), over)
        for iso3, draft in sorted(sent.items())
    ]


def _answer(draft: Note, told: Iterable[Note], returned: str | None, over: bool) -> Answer:
    comments = [one for one in told if one.what == "comment" and one.at >= draft.at]
    text = comments[-1].text if comments else ""
    if returned and _moment(returned) > _moment(draft.at):
        return Answer(draft.iso3, draft.at, "return", _moment(returned).isoformat(), text)
    if comments:
        return Answer(draft.iso3, draft.at, "comment", comments[-1].at, text)
    return Answer(draft.iso3, draft.at, "silence" if over else "waiting")


def _is_over(edition: str, folders: DataFolders) -> bool:
    last = round_dates(edition, folders).get("comments_to")
    return last is not None and clock.now() >= datetime(last.year, last.month, last.day, tzinfo=UTC) + timedelta(days=1)


def _moment(text: str) -> datetime:
    given = datetime.fromisoformat(text)
    return given if given.tzinfo else given.replace(tzinfo=UTC)


def _notes(folders: DataFolders) -> list[Note]:
    return [_read(path) for path in sorted(folders.drafts.glob("[!.]*.json"))]


def _read(path: Path) -> Note:
    with reading_json(path, "Bring landing/ back from the newest backup, with all that landed since."):
        try:
            return Note(**json.loads(path.read_bytes()))
        except TypeError as error:
            raise ValueError(f"it is JSON, but no note on a draft: {error}") from error
    raise AssertionError  # reading_json lets nothing fall through
