"""Workbooks as they arrive, made anew in each test: the questionnaire of edition 2043, and what people do to it."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import xlsxwriter

MADE_ON = datetime(2026, 1, 5)  # noqa: DTZ001 - workbooks know no zones; the same bytes each time
FORM = {
    "edition": "2043",
    "iso3": "EST",
    "language": "en",
    "form_version": "2043-1",
    "schema": "gci-questionnaire/1",
}
HEADER = ("item", "question", "answer", "evidence_url", "comment")
LEGAL = (
    ("", "Legal measures", "", "", ""),
    ("ls1.1", "Is there a law?", "Yes", "https://www.riigiteataja.ee/en/", ""),
    ("ls1.2", "Is there an authority?", "No", "", "under discussion"),
)
TECHNICAL = (("", "Technical measures", "", "", ""), ("ts1.1", "Is there a national CIRT?", "", "", ""))
SHEET = "xl/worksheets/sheet1.xml"
Rows = Sequence[Sequence[Any]]
Change = Callable[[Any, Any], object]


def questionnaire(
    form: Mapping[str, str | None] | None = None,
    sheets: Mapping[str, Rows] | None = None,
    header: Sequence[str] = HEADER,
    change: Change | None = None,
) -> bytes:
    """A questionnaire.

    Args:
        form: what its hidden sheet says otherwise; None takes a key away.
        sheets: rows of each sheet below the hidden header.
        header: codes of the columns.
        change: called with the workbook and its first sheet before they are closed.
    """
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": MADE_ON})
    first = None
    for name, rows in (sheets or {"Legal": LEGAL, "Technical": TECHNICAL}).items():
        sheet = book.add_worksheet(name)
        first = first or sheet
        for number, record in enumerate([header, *rows]):
            sheet.write_row(number, 0, record)
        sheet.set_row(0, None, None, {"hidden": True})
        sheet.set_column(0, 0, None, None, {"hidden": True})
    about = book.add_worksheet("_form")
    said = FORM | dict(form or {})
    for number, (key, value) in enumerate((key, value) for key, value in said.items() if value is not None):
        about.write_row(number, 0, (key, value))
    about.very_hidden()
    if change is not None:
        change(book, first)
    book.close()
    return content.getvalue()


def with_part(name: str, text: bytes, workbook: bytes | None = None) -> bytes:
    """The workbook with one part of its archive put in or replaced."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook or questionnaire())) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.namelist():
            if entry != name:
                new.writestr(zipfile.ZipInfo(entry), old.read(entry), zipfile.ZIP_DEFLATED)
        new.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def replaced(part: str, old: bytes, new: bytes) -> bytes:
    """The questionnaire with some bytes of one part of its archive changed."""
    workbook = questionnaire()
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        text = archive.read(part)
    assert old in text
    return with_part(part, text.replace(old, new, 1), workbook)


def answered(row: int, **cells: Any) -> dict[str, Rows]:
    """The sheets with some cells of one row of the first changed."""
    rows = [list(record) for record in LEGAL]
    for column, value in cells.items():
        rows[row - 2][HEADER.index(column)] = value
    return {"Legal": rows, "Technical": TECHNICAL}


def entity_bomb() -> bytes:
    """Entities that grow tenfold nine times, in the texts of the workbook."""
    entities = '<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    return replaced("xl/sharedStrings.xml", b"<sst ", f"<!DOCTYPE sst [{entities}]><sst ".encode())


def _packed(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def zip_bomb() -> bytes:
    """A sheet of 60 MB of blanks, which packs to a thousandth."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(questionnaire())) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            new.writestr(zipfile.ZipInfo(entry), old.read(entry), zipfile.ZIP_DEFLATED)
        with new.open(_packed("xl/worksheets/sheet99.xml"), "w", force_zip64=True) as part:
            for _ in range(60):
                part.write(b" " * 1_000_000)
    return made.getvalue()


def million_rows() -> bytes:
    """The questionnaire with a million empty rows that somebody formatted."""
    rows = "".join(f'<row r="{number}"><c r="E{number}" s="0"/></row>' for number in range(5, 1_000_001))
    return replaced("xl/worksheets/sheet1.xml", b"</sheetData>", rows.encode() + b"</sheetData>")


def kobo_table(rows: Rows, change: Callable[[Any], object] | None = None, others: Sequence[str] = ()) -> bytes:
    """A table of submissions as KoboToolbox exports it, changed before it is closed, with other sheets beside it."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "default_date_format": "mmm-yy"})
    book.set_properties({"created": MADE_ON})
    sheet = book.add_worksheet("gci_2043")
    for number, record in enumerate(rows):
        sheet.write_row(number, 0, record)
    for name in others:
        book.add_worksheet(name).write("A1", "something")
    if change is not None:
        change(sheet)
    book.close()
    return content.getvalue()


def changed(part: str, change: Callable[[str], str], workbook: bytes | None = None) -> bytes:
    """A workbook (the questionnaire when not given) with the text of one part of its archive made another."""
    content = workbook or questionnaire()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        text = archive.read(part).decode()
    other = change(text)
    assert other != text
    return with_part(part, other.encode(), content)


def renamed(name: Callable[[str], str], workbook: bytes | None = None) -> bytes:
    """The workbook with other names of the parts of its archive."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook or questionnaire())) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.namelist():
            new.writestr(zipfile.ZipInfo(name(entry)), old.read(entry), zipfile.ZIP_DEFLATED)
    return made.getvalue()


def without_addresses(cells: Mapping[str, str] | None = None, after: str = "") -> bytes:
    """The questionnaire as some programs write it: no row and no cell says where it is, gaps are empty cells.

    `cells` are others for the first sheet by the address that they would have, `after` follows its last row.
    """
    rows: list[str] = []
    for number, record in enumerate([HEADER, *LEGAL], start=1):
        written = []
        for column, text in enumerate(record):
            shown = f'<c t="inlineStr"><is><t>{text}</t></is></c>' if text else "<c/>"
            written.append((cells or {}).get(f"{'ABCDE'[column]}{number}", shown))
        rows.append(f"<row>{''.join(written)}</row>")
    sheet = f"<sheetData>{''.join(rows)}{after}</sheetData>"
    return changed(SHEET, lambda text: re.sub(r"<sheetData>.*</sheetData>", sheet, text, flags=re.DOTALL))


def far_away() -> bytes:
    """A row as wide as a sheet, a million rows with nothing in them and one cell: little to pack, much to fill."""
    wide = "<row>" + "<c><v>1</v></c>" * 16_384 + "</row>"
    return without_addresses(after=wide + "<row/>" * 1_000_000 + "<row><c><v>1</v></c></row>")


def long_attribute() -> bytes:
    """A cell in the last corner of a sheet that says so behind a long attribute."""
    cell = f'<row r="1048576"><c spans="{"1:2 " * 200}" r="XFD1048576"><v>1</v></c></row>'
    return changed(SHEET, lambda text: text.replace("</sheetData>", f"{cell}</sheetData>"))


def prefixed() -> bytes:
    """The questionnaire with names of elements as other programs write them: with a prefix for the namespace."""
    names = (
        "worksheet|sheetData|row|c|v|f|is|t|dimension|sheetViews|sheetView|sheetFormatPr|cols|col|pageMargins|selection"
    )
    content = questionnaire(change=lambda _, sheet: sheet.write_formula("C3", '=IF(1,"Yes","No")', None, "Yes"))
    return changed(
        SHEET,
        lambda text: re.sub(rf"<(/?)({names})\b", r"<\1x:\2", text).replace("xmlns=", "xmlns:x="),
        content,
    )


def strict() -> bytes:
    """The questionnaire in the strict form of the standard, whose namespaces are others."""
    spaces = (
        ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"),
        (
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            "http://purl.oclc.org/ooxml/officeDocument/relationships",
        ),
    )
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(questionnaire())) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            text = old.read(entry).decode()
            for before, after in spaces:
                text = text.replace(before, after)
            new.writestr(zipfile.ZipInfo(entry), text, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def linked(shown: str, target: str) -> bytes:
    """The questionnaire with a link behind the evidence of ls1.1."""
    return questionnaire(change=lambda _, sheet: sheet.write_url("D3", target, None, shown))


def picture() -> bytes:
    """A questionnaire with a picture that lies on a sheet."""
    dot = base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    )
    return questionnaire(change=lambda _, sheet: sheet.insert_image("D4", "dot.png", {"image_data": io.BytesIO(dot)}))


def twice(part: str) -> bytes:
    """The questionnaire with one part of its archive there twice, once in capitals."""
    with zipfile.ZipFile(io.BytesIO(questionnaire())) as archive:
        text = archive.read(part)
    return with_part(part.upper(), text)


def workbook_part(name: str) -> bytes:
    """The questionnaire with another name of its main part, as some programs give it."""
    content = renamed(
        lambda entry: entry.replace("xl/workbook.xml", name).replace(
            "_rels/workbook.xml", f"_rels/{name.rpartition('/')[2]}"
        )
    )
    for part in ("_rels/.rels", "[Content_Types].xml"):
        content = changed(part, lambda text: text.replace("xl/workbook.xml", name), content)
    return content


def of_open_document() -> bytes:
    """A spreadsheet of OpenDocument under the name of a workbook."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(zipfile.ZipInfo("content.xml"), "<office/>")
    return made.getvalue()
