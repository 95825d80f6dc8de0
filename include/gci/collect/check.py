"""What collection says about a file: accepted or refused, and why. The same for `gci check` and for the DAG."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from gci.core.declared import digest_column
from gci.core.records import FILE_KINDS, OF_EDITIONS, Kind, Receipt
from gci.diagnostics.messages import Phrase
from gci.diagnostics.problems import At, Report, UnreadableError, quoted
from gci.partners import check
from gci.partners.contract import Contract
from gci.partners.contracts import contracts, described
from gci.readers import FORMATS, Columns, csv
from gci.readers.header import complete, recognised
from gci.reference.validation_context import ValidationContext
from gci.storage.arrival import Arrival, stamp
from gci.storage.content import Column, Content
from gci.storage.place import HOMES, Place, inside_inbox, place_of
from gci.survey import decisions, formats, returns, reviews
from gci.survey.about import state_in_name
from gci.survey.formats.submissions import as_document
from gci.survey.parsed_return import ParsedReturn, Submission

if TYPE_CHECKING:
    import pyarrow as pa

LARGEST = {"survey": 20_000_000, "reviews": 50_000_000, "decisions": 20_000_000, "partners": 250_000_000}  # bytes
_OF_THE_TEAM = {"reviews": reviews.LAYOUTS, "decisions": decisions.LAYOUTS}
_OF_PARTNERS = frozenset(suffix for one in FORMATS.values() for suffix in one.suffixes)
_CALLED = {
    "survey": Phrase("a return"),
    "reviews": Phrase("a review file"),
    "decisions": Phrase("a file of decisions"),
    "partners": Phrase("a partner's file"),
}


@dataclass(frozen=True)
class Checked:
    """The verdict on one file, or on one submission of an export.

    Attributes:
        receipt: verdict and problems.
        columns: the landing columns as text, None for a refused file and for an export, whose parts have them.
        content: for a submission: its bytes, as a return of its own.
        parts: for an export: the verdict on each of its submissions.
    """

    receipt: Receipt
    columns: dict[str, Column] | None
    content: bytes | None = None
    parts: tuple[Checked, ...] = ()

    @property
    def table(self) -> pa.Table | None:
        """The rows as they land; None where there are none. Made when asked for: a check alone needs no engine."""
        from gci.storage.landing import table

        return None if self.columns is None else table(self.receipt.kind, self.columns)

    def as_of(self, receipt: Receipt) -> Checked:
        """The same rows with the name and the times of another receipt of these bytes."""
        if self.columns is None:
            return replace(self, receipt=receipt)
        same = {name: [value] * len(self.columns["row"]) for name, value in _arrived(receipt).items()}
        return replace(self, receipt=receipt, columns=self.columns | same)

    @property
    def receipts(self) -> list[Receipt]:
        """The receipt of the file, and those of its submissions."""
        return [self.receipt, *(part.receipt for part in self.parts)]


def cannot_be_read(arrival: Arrival, book: ValidationContext, why: Phrase) -> Checked:
    """The verdict on a file whose reading had to be ended."""
    report = Report(_language_of_name(arrival, book))
    report.add("file_not_safe", why=why)
    place = _place(arrival, book).folder
    edition = place if arrival.kind != "partners" and place in book.editions else None
    receipt = _receipt(arrival, Content(), report, edition)
    return Checked(replace(receipt, source=place) if arrival.kind == "partners" else receipt, None)


def check_arrival(arrival: Arrival, book: ValidationContext) -> Checked:
    """The verdict on a file that has arrived, read in this process: see `gci.collect.apart` for files of others."""
    report = Report(_language_of_name(arrival, book))
    content = Content()
    parts: tuple[Checked, ...] = ()
    place = _place(arrival, book)
    folder_edition = place.folder if arrival.kind != "partners" and place.folder in book.editions else None
    with suppress(UnreadableError):  # the report says why
        opened = _opened(arrival, place, report)
        with opened as bytes_of_it:
            if arrival.kind == "survey":
                sent = _returns(bytes_of_it, arrival, book, report)
                if sent[0].submission is None:
                    content = returns.check_return(sent[0], book, folder_edition, arrival.name)
                else:
                    parts = tuple(_submission(one, arrival, book, folder_edition) for one in sent)
                    content = _summary(parts, report)
            elif arrival.kind in _OF_THE_TEAM:
                content = _team_content(bytes_of_it, arrival, place, book, report)
            else:
                content = _partner_content(bytes_of_it, arrival.path.suffix.lower(), arrival, place, book, report)
    receipt = _receipt(arrival, content, report, folder_edition)
    if arrival.kind == "partners" and receipt.source is None:
        receipt = replace(receipt, source=place.folder)
    refused = report.refused or bool(parts)
    return Checked(receipt, None if refused else _landing_columns(receipt, content), None, parts)


def _receipt(arrival: Arrival, content: Content, report: Report, folder_edition: str | None) -> Receipt:
    return Receipt(
        digest=arrival.digest,
        kind=arrival.kind,
        file=arrival.name,
        verdict="refused" if report.refused else "accepted",
        received_at=stamp(arrival.received_at),
        modified_at=stamp(arrival.modified_at),
        edition=content.edition or folder_edition,
        iso3=content.iso3,
        source=content.source,
        collector=content.collector,
        answered=content.answered,
        items=content.items,
        problems=report.problems,
        language=report.language,
        form_version=content.form_version,
        synthetic=content.synthetic,
        collected_at=stamp(arrival.received_at),
        parts=content.parts,
        pillars=content.pillars,
    )


def _submission(sent: ParsedReturn, arrival: Arrival, book: ValidationContext, folder: str | None) -> Checked:
    """The verdict on one submission of an export, which is a return of its own.

    It was received when its server recorded it, so that exports in any order give the same order of submissions.
    """
    content = Content()
    with suppress(UnreadableError):
        content = returns.check_return(sent, book, folder, "")
    said = sent.submission or Submission("")
    its_bytes = as_document(sent)
    sent_at = min(said.sent_at or arrival.received_at, arrival.received_at)
    receipt = replace(
        _receipt(arrival, content, sent.report, folder),
        digest=hashlib.sha256(its_bytes).hexdigest(),
        received_at=stamp(sent_at),
        part=said.name,
        part_of=arrival.digest,
    )
    return Checked(receipt, None if sent.report.refused else _landing_columns(receipt, content), its_bytes)


def _summary(parts: Sequence[Checked], report: Report) -> Content:
    """What an export as a whole says. It is refused when none of its submissions could be taken."""
    taken = [part.receipt for part in parts if part.receipt.verdict == "accepted"]
    for part in parts:
        if part.receipt.verdict == "refused":
            report.add("submission_refused", found=part.receipt.part, state=part.receipt.iso3 or "–")
    if not taken:
        report.add("no_submission_taken", count=len(parts))
    editions = {receipt.edition for receipt in taken}
    return Content(
        edition=editions.pop() if len(editions) == 1 else None,
        answered=sum(receipt.answered for receipt in taken),
        synthetic=any(receipt.synthetic for receipt in taken),
        parts=len(taken),
    )


def kind_of(path: Path) -> Kind:
    """What the file at `path` should be: by its place in an inbox, or else by what it looks like.

    Outside an inbox a file in a folder that is named for a partner's source is that partner's, unless its first line
    names the columns of a return or a review. Without such a folder these columns alone tell.
    """
    for kind in FILE_KINDS:
        if inside_inbox(path, kind) is not None:
            return kind
    suffix = path.suffix.lower()
    if suffix not in FORMATS["csv"].suffixes:
        of_partners_alone = suffix in _OF_PARTNERS - set(formats.SUFFIXES)
        return "partners" if of_partners_alone or path.absolute().parent.name in contracts() else "survey"
    with path.open("rb") as content:
        cells = _header_cells(content)
    for kind in OF_EDITIONS:  # the descriptions of partners need not be read for a return
        if any(complete(cells, layout) for layout in _layouts(kind)):
            return kind
    if path.absolute().parent.name in contracts():
        return "partners"
    return max(FILE_KINDS, key=lambda kind: max(recognised(cells, layout) for layout in _layouts(kind)))


def _place(arrival: Arrival, book: ValidationContext) -> Place:
    known = described(book.described_in) if arrival.kind == "partners" else book.editions
    return place_of(arrival.path, arrival.kind, tuple(known))


def _language_of_name(arrival: Arrival, book: ValidationContext) -> str:
    """The language to speak until the file itself says one: that of the state which the file is named after."""
    state = state_in_name(arrival.name, book) if arrival.kind == "survey" else None
    return book.languages.get(state, "en") if state is not None else "en"


def _opened(arrival: Arrival, place: Place, report: Report) -> BinaryIO:
    """The bytes of a file that is not too big. Raises UnreadableError; a wrong place is reported and read on."""
    if place.problem is not None:
        report.add(place.problem, **place.values)
    if arrival.size > LARGEST[arrival.kind]:
        raise report.stop("too_big", found=arrival.size, limit=LARGEST[arrival.kind])
    return arrival.content.open("rb")


def _returns(content: BinaryIO, arrival: Arrival, book: ValidationContext, report: Report) -> list[ParsedReturn]:
    """The returns in a file. Raises UnreadableError."""
    suffix = arrival.path.suffix.lower()
    if suffix == ".xlsm":
        raise report.stop("workbook_with_macros")
    if not formats.is_read(suffix):
        found = quoted(suffix) if suffix else Phrase("no suffix")
        raise report.stop("unknown_suffix", found=found, known=", ".join(formats.SUFFIXES))
    if suffix == ".csv":
        _refuse_other_kinds(_header_cells(content), arrival.kind, report)
    return formats.read(content, suffix, book, report)


def _team_content(
    content: BinaryIO, arrival: Arrival, place: Place, book: ValidationContext, report: Report
) -> Content:
    """The rows of a file of the index team: reviews, or decisions. Raises UnreadableError."""
    suffix = arrival.path.suffix.lower()
    if suffix != ".csv":
        found = quoted(suffix) if suffix else Phrase("no suffix")
        raise report.stop("unknown_suffix", found=found, known=".csv")
    _refuse_other_kinds(_header_cells(content), arrival.kind, report)
    folder = place.folder if place.problem is None else None
    with closing(csv.read(content, _OF_THE_TEAM[arrival.kind], report)) as rows:
        if arrival.kind == "reviews":
            return reviews.check_reviews(rows, book, report, folder)
        return decisions.check_decisions(rows, book, report, folder, arrival.received_at, arrival.digest)


def _partner_content(
    content: BinaryIO, suffix: str, arrival: Arrival, place: Place, book: ValidationContext, report: Report
) -> Content:
    """The rows of a partner's file, read in the format of its description that goes with its suffix."""
    is_text = suffix in FORMATS["csv"].suffixes
    cells = _header_cells(content) if is_text else []
    if is_text:
        _refuse_other_kinds(cells, "partners", report)
        _note_byte_order_mark(content, report)
    contract = _contract(cells, arrival.path, place, book)
    if contract is None:
        raise report.stop("source_unknown", known=", ".join(described(book.described_in)))
    layouts = contract.layouts_of(suffix)
    if not layouts:
        found = quoted(suffix) if suffix else Phrase("no suffix")
        raise report.stop(
            "suffix_not_of_source", found=found, source=contract.source, known=", ".join(contract.suffixes)
        )
    (name, columns), *_ = layouts.items()
    when = check.taken(arrival.name, arrival.received_at.date(), arrival.digest, contract.dated)
    try:
        with closing(FORMATS[name].read(content, columns, report)) as rows:  # a check may stop before the last row
            return check.check_partner(rows, contract, book, report, when)
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
    return returns.LAYOUTS if kind == "survey" else _OF_THE_TEAM[kind]


def _header_cells(content: BinaryIO) -> list[str]:
    """The names in the first line; none when it is not text, of which the reader will say why."""
    try:
        return csv.header_cells(content)
    except UnreadableError:
        return []


def _refuse_other_kinds(cells: Sequence[str], kind: Kind, report: Report) -> None:
    """Refuse a file whose header is right for another kind of file and not for this one. Raises UnreadableError."""
    for other in (kind, *FILE_KINDS):
        if any(recognised(cells, Columns(layout.required)) == len(layout.required) for layout in _layouts(other)):
            if other != kind:
                raise report.stop("other_kind", At(1), what=_CALLED[other], found=kind, expected=HOMES[other])
            return


def _contract(cells: Sequence[str], path: Path, place: Place, book: ValidationContext) -> Contract | None:
    """The contract of the folder, or else the one whose columns the header names most of; None without a header."""
    sources = described(book.described_in)
    for folder in (place.folder, path.absolute().parent.name):
        if folder in sources:
            return sources[str(folder)]
    if not any(recognised(cells, layout) for one in sources.values() for layout in one.layouts.values()):
        return None
    return max(sources.values(), key=lambda one: max(recognised(cells, layout) for layout in one.layouts.values()))


def _landing_columns(receipt: Receipt, content: Content) -> dict[str, Column]:
    """The columns that differ by row, and those that are the same in all rows of the file."""
    same = {
        digest_column(receipt.kind): receipt.digest,
        "edition": receipt.edition,
        "iso3": receipt.iso3,
        "collector": receipt.collector,
        "source": receipt.source,
        **_arrived(receipt),
        "form_version": receipt.form_version,
        "synthetic": str(receipt.synthetic).lower(),
        "addition": str(content.addition).lower(),
    }
    rows = len(content.columns["row"])
    return {name: [value] * rows for name, value in same.items()} | content.columns


def _arrived(receipt: Receipt) -> dict[str, str | None]:
    """The columns that say under which name and when the file arrived."""
    moments = {name: getattr(receipt, name).removesuffix("+00:00") for name in ("received_at", "modified_at")}
    return {"file": receipt.file, **moments}
