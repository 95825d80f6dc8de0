"""What collection says about a file: accepted or refused, and why. The same for `gci check` and for the DAG."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from gci import clock
from gci.collect import partners, returns, reviews
from gci.collect.arrival import Arrival, arrive, stamp
from gci.collect.content import Column, Content
from gci.collect.contract import Contract
from gci.collect.contracts import contracts
from gci.collect.place import HOMES, Place, inside_inbox, place_of
from gci.collect.problems import At, Report, UnreadableError, quoted
from gci.collect.readers import FORMATS, READERS, Columns
from gci.collect.readers.csv import header_cells
from gci.collect.readers.header import complete, recognised
from gci.collect.rulebook import Rulebook, rulebook
from gci.records import Kind, Receipt

if TYPE_CHECKING:
    import pyarrow as pa

LARGEST = {"survey": 5_000_000, "reviews": 50_000_000, "partners": 250_000_000}  # bytes
KINDS: tuple[Kind, ...] = ("survey", "reviews", "partners")
_CALLED = {"survey": "a return", "reviews": "a review file", "partners": "a partner's file"}
_DIGEST_COLUMN = {"survey": "return_digest", "reviews": "review_digest", "partners": "landing_digest"}


@dataclass(frozen=True)
class Checked:
    """The verdict on one file.

    Attributes:
        receipt: verdict and problems.
        columns: the landing columns as text, None for a refused file.
    """

    receipt: Receipt
    columns: dict[str, Column] | None

    @property
    def table(self) -> pa.Table | None:
        """The rows as they land; None for a refused file. Made when asked for: a check alone needs no engine."""
        from gci.landing import table

        return None if self.columns is None else table(self.receipt.kind, self.columns)


def check_file(
    path: Path, kind: Kind = "survey", *, received_at: datetime | None = None, book: Rulebook | None = None
) -> Checked:
    """The verdict on the file at `path`, which is only read.

    Args:
        path: the file; where it lies in an inbox, its folder counts too.
        kind: what it should be.
        received_at: the moment for the receipt; now when not given.
        book: what to hold it against; the project's own seeds when not given.

    Returns:
        Receipt and rows. A bad file is a verdict, not an exception; OSError when it cannot be read at all.
    """
    return check_arrival(arrive(path, kind, received_at or clock.now()), book or rulebook())


def check_arrival(arrival: Arrival, book: Rulebook) -> Checked:
    """The verdict on a file that has arrived."""
    report = Report()
    content = Content()
    place = _place(arrival, book)
    with suppress(UnreadableError):  # the report says why
        content = _content(arrival, place, book, report)
    folder_edition = place.folder if arrival.kind != "partners" and place.folder in book.editions else None
    receipt = Receipt(
        digest=arrival.digest,
        kind=arrival.kind,
        file=arrival.name,
        verdict="refused" if report.refused else "accepted",
        received_at=stamp(arrival.received_at),
        modified_at=stamp(arrival.modified_at),
        edition=content.edition or folder_edition,
        iso3=content.iso3,
        source=content.source or (place.folder if arrival.kind == "partners" else None),
        collector=content.collector,
        answered=content.answered,
        items=content.items,
        problems=report.problems,
    )
    return Checked(receipt, None if report.refused else _landing_columns(receipt, content))


def kind_of(path: Path) -> Kind:
    """What the file at `path` should be: by its place in an inbox, or else by the columns that its first line names."""
    for kind in KINDS:
        if inside_inbox(path, kind) is not None:
            return kind
    with path.open("rb") as content:
        cells = _header_cells(content)
    for kind in KINDS[:2]:  # the descriptions of partners need not be read for a return
        if any(complete(cells, layout) for layout in _layouts(kind)):
            return kind
    return max(KINDS, key=lambda kind: max(recognised(cells, layout) for layout in _layouts(kind)))


def _place(arrival: Arrival, book: Rulebook) -> Place:
    known = book.partners if arrival.kind == "partners" else book.editions
    return place_of(arrival.path, arrival.kind, tuple(known))


def _content(arrival: Arrival, place: Place, book: Rulebook, report: Report) -> Content:
    """Read and check the rows. Raises UnreadableError, the reason reported, when that cannot be done."""
    if place.problem is not None:
        report.add(place.problem, **place.values)
    if arrival.size > LARGEST[arrival.kind]:
        raise report.stop("too_big", found=arrival.size, limit=LARGEST[arrival.kind])
    suffix = arrival.path.suffix.lower()
    with arrival.content.open("rb") as content:
        if arrival.kind == "partners":
            return _partner_content(content, suffix, arrival, place, book, report)
        if suffix not in READERS:
            raise report.stop("unknown_suffix", found=quoted(suffix) if suffix else "no suffix")
        _refuse_other_kinds(_header_cells(content), arrival.kind, report)
        folder = place.folder if place.problem is None else None
        check = returns.check_return if arrival.kind == "survey" else reviews.check_reviews
        with closing(READERS[suffix](content, _layouts(arrival.kind), report)) as rows:
            return check(rows, book, report, folder)


def _partner_content(
    content: BinaryIO, suffix: str, arrival: Arrival, place: Place, book: Rulebook, report: Report
) -> Content:
    """The rows of a partner's file, read in the format of its description that goes with its suffix."""
    is_text = suffix in FORMATS["csv"].suffixes
    cells = _header_cells(content) if is_text else []
    if is_text:
        _refuse_other_kinds(cells, "partners", report)
        _note_byte_order_mark(content, report)
    contract = _contract(cells, arrival.path, place, book)
    if contract is None:
        raise report.stop("source_unknown", known=", ".join(book.partners))
    layouts = contract.layouts_of(suffix)
    if not layouts:
        found = quoted(suffix) if suffix else "no suffix"
        raise report.stop(
            "suffix_not_of_source", found=found, source=contract.source, known=", ".join(contract.suffixes)
        )
    (name, columns), *_ = layouts.items()
    when = partners.taken(arrival.name, arrival.received_at.date())
    try:
        with closing(FORMATS[name].read(content, columns, report)) as rows:  # a check may stop before the last row
            return partners.check_partner(rows, contract, book, report, when)
    finally:
        report.tolerate(contract.tolerates, contract.source)


def _note_byte_order_mark(content: BinaryIO, report: Report) -> None:
    content.seek(0)
    if content.read(len(codecs.BOM_UTF8)) == codecs.BOM_UTF8:
        report.add("byte_order_mark")
    content.seek(0)


def _layouts(kind: Kind) -> Sequence[Columns]:
    if kind == "partners":
        return [layout for contract in contracts().values() for layout in contract.layouts.values()]
    return returns.LAYOUTS if kind == "survey" else reviews.LAYOUTS


def _header_cells(content: BinaryIO) -> list[str]:
    """The names in the first line; none when it is not text, of which the reader will say why."""
    try:
        return header_cells(content)
    except UnreadableError:
        return []


def _refuse_other_kinds(cells: Sequence[str], kind: Kind, report: Report) -> None:
    """Refuse a file whose header is right for another kind of file and not for this one. Raises UnreadableError."""
    for other in (kind, *KINDS):
        if any(recognised(cells, Columns(layout.required)) == len(layout.required) for layout in _layouts(other)):
            if other != kind:
                raise report.stop("other_kind", At(1), what=_CALLED[other], found=kind, expected=HOMES[other])
            return


def _contract(cells: Sequence[str], path: Path, place: Place, book: Rulebook) -> Contract | None:
    """The contract of the folder, or else the one whose columns the header names most of; None without a header."""
    for folder in (place.folder, path.absolute().parent.name):
        if folder in book.partners:
            return book.partners[str(folder)]
    if not any(recognised(cells, layout) for one in book.partners.values() for layout in one.layouts.values()):
        return None
    return max(
        book.partners.values(), key=lambda one: max(recognised(cells, layout) for layout in one.layouts.values())
    )


def _landing_columns(receipt: Receipt, content: Content) -> dict[str, Column]:
    """The columns that differ by row, and those that are the same in all rows of the file."""
    same = {
        _DIGEST_COLUMN[receipt.kind]: receipt.digest,
        "edition": receipt.edition,
        "iso3": receipt.iso3,
        "collector": receipt.collector,
        "source": receipt.source,
        "file": receipt.file,
        "received_at": receipt.received_at.removesuffix("+00:00"),
        "modified_at": receipt.modified_at.removesuffix("+00:00"),
    }
    rows = len(content.columns["row"])
    return {name: [value] * rows for name, value in same.items()} | content.columns
