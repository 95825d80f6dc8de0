"""The chain of landing: what landed is sealed, each seal holds the digest of the one before, a release names the head.

A receipt names the digests of a file's bytes and rows; a seal, `landing/chain/<sequence>.json`, names the digests of
the receipts that came since the one before. So a release that names one seal holds all that landed until then. The
chain is how the warehouse knows of a file that is gone: nothing else remembers it.

Workers land files at one time and in any order; seals are written by whoever comes first, one after another, each on
the condition that its place is free. Which seal a file stands in says nothing about what counts: that follows from
the receipts.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from gci.core import canonical_json
from gci.core.atomic_file import sync
from gci.core.errors import Blocked
from gci.core.paths import DataFolders
from gci.core.records import Kind, Receipt
from gci.storage.damage import Damaged, reading_json
from gci.storage.landed_rows import digest_of_rows
from gci.storage.landing import receipt_file, receipt_files, receipt_in, rows_file, write_once
from gci.storage.release_log import Release, releases

log = logging.getLogger(__name__)

_SEAL = re.compile(r"(?!0+$)[0-9]{6}|[1-9][0-9]{6,}")

_BACKUP = (
    "The chain is only ever added to: bring landing/ back from the newest backup, with all that landed since. "
    "Nothing was published."
)


@dataclass(frozen=True)
class Entry:
    """One file in a seal: what must be there, and enough to say whose it is and to make its rows again.

    Attributes:
        digest: SHA-256 of its bytes.
        receipt_digest: SHA-256 of its receipt.
        rows_digest: SHA-256 of its rows; None for an export of submissions, which has none.
    The others are as in its receipt.
    """

    digest: str
    kind: Kind
    file: str
    edition: str | None
    iso3: str | None
    source: str | None
    received_at: str
    modified_at: str
    collected_at: str | None
    part: str | None
    part_of: str | None
    parts: int
    synthetic: bool
    read_by: str | None
    receipt_digest: str
    rows_digest: str | None


@dataclass(frozen=True)
class Seal:
    """A link of the chain.

    Attributes:
        sequence: its place, from 1.
        previous: SHA-256 of the seal before; None for the first.
        entries: what had come since.
        digest: SHA-256 of its own file.
    """

    sequence: int
    previous: str | None
    entries: tuple[Entry, ...]
    digest: str


@dataclass(frozen=True)
class Head:
    """The end of the chain at some moment.

    Attributes:
        sequence: the last seal; 0 where nothing was sealed.
        digest: SHA-256 of its file; empty for none.
    """

    sequence: int = 0
    digest: str = ""

    def as_dict(self) -> dict[str, Any]:
        """As manifests name it.

        Returns:
            `sequence` and `digest`, as above.
        """
        return asdict(self)


@dataclass(frozen=True)
class Break:
    """A place at which the chain does not hold.

    Attributes:
        where: the file.
        found: what is wrong with it.
        expected: what should be.
    """

    where: str
    found: str
    expected: str


def head_of(manifest: dict[str, Any]) -> Head | None:
    """The end of the chain of landing that a manifest names.

    Args:
        manifest: `landing` has sequence and digest.

    Returns:
        None where it names none, and a head that is in no chain where it names nonsense.
    """
    named = manifest.get("landing")
    if named is None:
        return None
    try:
        return Head(int(named["sequence"]), str(named["digest"]))
    except (KeyError, TypeError, ValueError, OverflowError):
        return Head(0, f"nonsense: {named}")


def called(one: Entry | Receipt) -> str:
    """A landed file as people call it: what it is, its name, whose it is."""
    what = {"survey": "the return", "reviews": "the review", "decisions": "the decisions", "partners": "the file"}[
        one.kind
    ]
    name = one.file if one.part is None else f"{one.part} in {one.file}"
    whose = ", ".join(filter(None, (one.iso3 or one.source, one.edition)))
    return f"{what} {name}" + (f" of {whose}" if whose else "")


def seal_file(sequence: int, landing: Path) -> Path:
    """Where a seal lies."""
    return landing / "chain" / f"{sequence:06}.json"


def read(landing: Path) -> tuple[list[Seal], list[Break]]:
    """The seals that can be read, in order, and where the chain does not hold."""
    seals: list[Seal] = []
    breaks: list[Break] = []
    due = 1
    for place in _places(landing):
        path = seal_file(place, landing)
        if place > due:
            last = f" to {seal_file(place - 1, landing).name}" if place > due + 1 else ""
            breaks.append(Break(f"{seal_file(due, landing)}{last}", "is gone", "every seal from the first on"))
        due = place + 1
        try:
            found = _seal(path)
        except FileNotFoundError:
            breaks.append(Break(str(path), "is gone", "every seal from the first on"))
            continue
        except Damaged as error:
            breaks.append(Break(str(path), error.reason, "a seal as it was written"))
            continue
        before = seals[-1] if seals else None
        if found.sequence != place:
            breaks.append(Break(str(path), f"is seal {found.sequence}", f"is seal {place}"))
        elif place == 1 and found.previous is not None:
            breaks.append(Break(str(path), f"follows {found.previous}", "follows nothing: it is the first"))
        elif before and before.sequence == place - 1 and found.previous != before.digest:
            was = f"{seal_file(place - 1, landing)} was changed or changed places with another"
            breaks.append(Break(str(path), f"follows {found.previous}: {was}", f"follows {before.digest}"))
        seals.append(found)
    return seals, breaks


def _places(landing: Path) -> list[int]:
    """The places in the chain that a file has the name of, in order. A file of another name is no seal."""
    names = (path.name for path in (landing / "chain").glob("*.json"))
    return sorted(int(stem[0]) for name in names if (stem := _SEAL.fullmatch(name.removesuffix(".json"))))


def entries(seals: Iterable[Seal]) -> dict[str, Entry]:
    """What is sealed, by digest."""
    return {entry.digest: entry for seal in seals for entry in seal.entries}


def not_continued(
    seals: Sequence[Seal], released: Sequence[tuple[str, Head]], candidate: Head | None = None
) -> list[Break]:
    """Where the chain does not go on from a head.

    Args:
        seals: the chain.
        released: name and head of each release.
        candidate: the head of a candidate, which has to be that of the newest release or a later one.
    """
    there = {one.sequence: one.digest for one in seals}
    last = max(there, default=0)
    found = []
    for name, head in [*released, *([("the candidate", candidate)] if candidate else [])]:
        if there.get(head.sequence) != head.digest:
            older = f"the chain ends at seal {last}" if head.sequence > last else f"seal {head.sequence} is another one"
            built_from = f"seal {head.sequence} with SHA-256 {head.digest}, which {name} was built from"
            found.append(Break(name, older, built_from))
        if candidate and head.sequence > candidate.sequence:
            goes_on = f"goes on from seal {candidate.sequence}"
            found.append(Break("the candidate", goes_on, f"from seal {head.sequence}, as {name}, or a later one"))
    return found


def continues(head: Head, folders: DataFolders) -> bool:
    """Whether the chain goes on from a head, or ends with it."""
    return not not_continued(read(folders.landing)[0], heads(folders), head)


def heads(folders: DataFolders, of: Sequence[Release] | None = None) -> list[tuple[str, Head]]:
    """Name and head of every release that names one, of those given or of all that are published."""
    found = []
    for release in releases(folders) if of is None else of:
        head = head_of(release.document.get("manifest") or {})
        if head:
            found.append((release.name, head))
    return found


def seal(folders: DataFolders) -> Head:
    """Seal what has landed since the last seal. Safe to repeat and with many workers.

    Where nothing is published from a chain yet, files that landed before there was one are sealed as they are found.

    Returns:
        The head of the chain.

    Raises:
        Blocked: the chain does not hold, or is older than a release.
        OSError: the disk refuses.
    """
    while True:
        seals, breaks = read(folders.landing)
        named = heads(folders)
        breaks += not_continued(seals, named)
        if breaks:
            told = [f"{one.where}: {one.found}; expected: {one.expected}." for one in breaks]
            raise Blocked("\n".join(["The chain of landing does not hold.", *told, _BACKUP]))
        head = Head(seals[-1].sequence, seals[-1].digest) if seals else Head()
        new = _named_rows(_unsealed(entries(seals), folders), folders, may_begin=not seals and not named)
        if not new:
            return head
        # Where another worker was first, its seal is there now, and what is not in it comes after it.
        _write(head, new, folders)


def _write(head: Head, new: Sequence[Entry], folders: DataFolders) -> None:
    """Write the seal that follows a head, unless there is one."""
    document = {
        "sequence": head.sequence + 1,
        "previous": head.digest or None,
        "entries": [asdict(entry) for entry in new],
    }
    text = canonical_json.document(document)
    folders.chain.mkdir(parents=True, exist_ok=True)
    write_once(seal_file(head.sequence + 1, folders.landing), lambda out: out.write(text), folders)
    sync(folders.chain)


def landed(folders: DataFolders) -> list[Entry]:
    """All that has landed, in the order of digests: what is sealed, also where it is gone, and what came since."""
    seals, _ = read(folders.landing)
    sealed = entries(seals)
    return sorted([*sealed.values(), *_unsealed(sealed, folders)], key=lambda one: one.digest)


def landed_digests(kind: Kind, folders: DataFolders, edition: str | None = None) -> tuple[str, ...]:
    """The digests of the files with rows that have landed, of a kind and, where one is named, of an edition; sorted."""
    return tuple(
        one.digest for one in landed(folders) if one.kind == kind and not one.parts and edition in (None, one.edition)
    )


def _unsealed(sealed: dict[str, Entry], folders: DataFolders) -> list[Entry]:
    """An entry for each accepted file that is in no seal, in the order in which they came."""
    found = []
    for path in receipt_files(folders):
        if path.stem in sealed:
            continue
        try:
            with reading_json(path, "It was never sealed: `gci mend` makes it again."):
                content = path.read_bytes()
                receipt = receipt_in(content, path)
        except (Damaged, FileNotFoundError) as error:
            log.warning("It does not count: %s", error)
            continue
        if receipt.verdict == "accepted":
            own = {one.name for one in fields(Entry)} - {"receipt_digest"}
            said = {name: getattr(receipt, name) for name in own}
            found.append(Entry(**said, receipt_digest=hashlib.sha256(content).hexdigest()))
    return sorted(found, key=lambda one: (one.collected_at or one.received_at, one.modified_at, one.digest))


def _named_rows(new: list[Entry], folders: DataFolders, *, may_begin: bool) -> list[Entry]:
    """The entries that can be sealed: those whose receipts name the digest of their rows.

    At the chain's beginning also those of earlier versions of the program, with the rows as they are found; rows that
    cannot be read then are sealed without a digest, and have to be what the bytes give.
    """
    found = []
    for entry in new:
        if entry.rows_digest is not None or entry.parts:
            found.append(entry)
        elif may_begin:
            found.append(replace(entry, rows_digest=_rows_as_found(entry, folders)))
        else:
            log.warning(
                "%s, the receipt of %s, names no digest of its rows, as every receipt does since landing is sealed: it "
                "was changed, and is not sealed. Bring it back from a backup.",
                receipt_file(entry.digest, folders),
                called(entry),
            )
    return found


def _rows_as_found(entry: Entry, folders: DataFolders) -> str | None:
    try:
        return digest_of_rows(rows_file(entry.kind, entry.digest, folders))
    except (Damaged, FileNotFoundError) as error:
        log.warning("The rows of %s: %s", called(entry), error)
        return None


def _seal(path: Path) -> Seal:
    """Read a seal. Raises Damaged."""
    with reading_json(path, _BACKUP):
        content = path.read_bytes()
        document = json.loads(content)
        try:
            said = tuple(_entry(entry) for entry in document["entries"])
            return Seal(int(document["sequence"]), document["previous"], said, hashlib.sha256(content).hexdigest())
        except (KeyError, TypeError, AttributeError, OverflowError) as error:
            raise ValueError(f"it is JSON, but no seal: {error}") from error
    raise AssertionError  # reading_json lets nothing fall through


def _entry(said: dict[str, Any]) -> Entry:
    """An entry as a seal has it. Raises TypeError where it is none."""
    entry = Entry(**said)
    texts = (entry.digest, entry.kind, entry.file, entry.received_at, entry.modified_at, entry.receipt_digest)
    perhaps = (entry.edition, entry.iso3, entry.source, entry.collected_at, entry.part, entry.part_of)
    if not all(isinstance(one, str) for one in texts) or not all(isinstance(one, str | None) for one in perhaps):
        raise TypeError(f"an entry has other values than texts: {said}")
    return entry
