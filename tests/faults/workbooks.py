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


SHEET = "xl/worksheets/sheet1.xml"
ERROR = '<c t="e"><v>#N/A</v></c>'
FORMULA = '<c t="str"><f>IF(1,"Yes","No")</f><v>Yes</v></c>'
KOBO_HEADER = ("start", "iso3", "edition", "legal/ls1/ls1_1", "legal/ls1/ls1_1_evidence", "legal/ls1/ls1_2",
               "technical/ts1/ts1_1", "_id", "_uuid", "_submission_time", "__version__", "_index")  # fmt: skip
KOBO_ROW = ("2043-05-01", "FIN", "2043", "yes", "https://www.finlex.fi/", "no", "", 7, "a-1", "2043-05-01T10:00:00",
            "2043-1", 1)  # fmt: skip

MADE: dict[str, Callable[[], bytes]] = {
    "accepted__workbook": questionnaire,
    "accepted__workbook_in_arabic": lambda: questionnaire(
        {"language": "ar", "iso3": "EGY"},
        {"Legal": answered(3, answer="نعم", comment="القانون رقم 175 لسنة 2018")["Legal"][:2], "T": TECHNICAL},
    ),
    "accepted__workbook_of_codes": lambda: questionnaire({"language": "fr"}, answered(3, answer="partial")),
    "accepted__workbook_columns_moved": lambda: questionnaire(
        None,
        {"Legal": [("https://ria.ee", "Yes", "ls1.1", "")], "Technical": TECHNICAL[:0]},
        ("evidence_url", "answer", "item", "comment"),
    ),
    "accepted__workbook_control_characters": lambda: questionnaire(None, answered(3, comment="bell \x07 rung")),
    "accepted__workbook_formula_in_comment": lambda: questionnaire(None, answered(4, comment="=cmd|' /C calc'!A0")),
    "accepted__workbook_right_to_left": lambda: questionnaire(None, answered(4, comment="\u202egpj.exe\u202c هيئة")),
    "accepted__workbook_sheet_deleted": lambda: questionnaire(None, {"Legal": LEGAL}),
    "accepted__workbook_merged_within_a_row": lambda: questionnaire(
        change=lambda _, sheet: (sheet.merge_range("D4:E4", ""), sheet.merge_range("B1:B2", "Legal measures"))
    ),
    "accepted__workbook_item_twice_same": lambda: questionnaire(
        None, {"Legal": [*LEGAL, LEGAL[1]], "Technical": TECHNICAL}
    ),
    "accepted__kobo_table": lambda: kobo_table([KOBO_HEADER, KOBO_ROW]),
    "accepted__workbook_of_inline_strings": without_addresses,
    "accepted__workbook_strict": strict,
    "accepted__workbook_main_part_of_another_name": lambda: workbook_part("xl/workbook22.xml"),
    "accepted__workbook_backslashes": lambda: renamed(lambda name: name.replace("/", "\\")),
    "accepted__workbook_names_in_capitals": lambda: renamed(
        lambda name: name.replace("worksheets/sheet", "WorkSheets/Sheet")
    ),
    "accepted__workbook_last_row_of_another_height": lambda: changed(
        SHEET,
        lambda text: text.replace(
            "</sheetData>", '<row r="1048576" ht="40" customHeight="1"><c r="A1048576" s="0"/></row></sheetData>'
        ),
    ),
    "accepted__workbook_rows_hidden_one_by_one": lambda: changed(
        SHEET,
        lambda text: text.replace(
            "</sheetData>", "".join(f'<row r="{n}" hidden="1"/>' for n in range(6, 60_000)) + "</sheetData>"
        ),
    ),
    "accepted__workbook_row_put_in": lambda: questionnaire(
        None, {"Legal": [*LEGAL[:2], ("", "", "", "https://www.riigiteataja.ee/2", "more"), LEGAL[2]], "T": TECHNICAL}
    ),
    "accepted__workbook_text_beside": lambda: questionnaire(
        None,
        {
            "Legal": [(*record, *more) for record, more in zip(LEGAL, ((), ("see annex",), ()), strict=True)],
            "Technical": TECHNICAL,
        },
    ),
    "accepted__workbook_sheet_put_in": lambda: questionnaire(
        change=lambda book, _: book.add_worksheet("Annex").write("A1", "more about the law")
    ),
    "accepted__workbook_notes": lambda: questionnaire(
        change=lambda _, sheet: sheet.write_comment("C4", "we are not sure", {"author": "us"})
    ),
    "accepted__workbook_picture_on_a_sheet": picture,
    "accepted__workbook_hidden_row": lambda: questionnaire(
        change=lambda _, sheet: sheet.set_row(3, None, None, {"hidden": True})
    ),
    "accepted__workbook_text_beside_the_title": lambda: questionnaire(
        change=lambda _, sheet: sheet.write("E2", "see https://www.ria.ee/en for all of it")
    ),
    "accepted__workbook_hidden_column": lambda: questionnaire(
        change=lambda _, sheet: sheet.set_column(4, 4, None, None, {"hidden": True})
    ),
    "accepted__workbook_hidden_sheet_put_in": lambda: questionnaire(
        change=lambda book, _: (book.add_worksheet("_more").write("A1", "a link"), book.worksheets()[-1].hide())
    ),
    "accepted__workbook_half_of_a_character": lambda: changed(
        "xl/sharedStrings.xml", lambda text: text.replace("under discussion", "under discussion _xD83D_")
    ),
    "refused__workbook_number_format_without_end": lambda: changed(
        "xl/styles.xml",
        lambda text: text.replace(
            "<fonts", f'<numFmts count="1"><numFmt numFmtId="200" formatCode="{"[" * 200_000}"/></numFmts><fonts', 1
        ),
    ),
    "accepted__workbook_hidden_sheet": lambda: questionnaire(
        change=lambda book, _: book.get_worksheet_by_name("Technical").hide()
    ),
    "accepted__workbook_link_behind_text": lambda: linked("Penal Code", "https://www.riigiteataja.ee/en/eli/1#art5"),
    "accepted__workbook_link_of_the_same_address": lambda: linked(
        "https://www.riigiteataja.ee/en", "https://www.RiigiTeataja.ee/en/"
    ),
    "accepted__workbook_link_by_formula": lambda: questionnaire(
        change=lambda _, sheet: sheet.write_formula(
            "D3", '=HYPERLINK("https://www.riigiteataja.ee/en/","Penal Code")', None, "Penal Code"
        )
    ),
    "accepted__workbook_link_to_a_file": lambda: linked("our law", "file:///c:/laws/law.pdf"),
    "accepted__workbook_link_in_a_comment": lambda: questionnaire(
        change=lambda _, sheet: sheet.write_url("E4", "https://ria.ee/en", None, "under discussion")
    ),
    "accepted__kobo_table_with_a_formula": lambda: kobo_table(
        [
            KOBO_HEADER,
            KOBO_ROW,
            (
                "2043-05-02",
                "EST",
                "2043",
                "yes",
                "=- see annex",
                "no",
                "",
                8,
                "a-2",
                "2043-05-02T10:00:00",
                "2043-1",
                2,
            ),
        ]
    ),
    "accepted__kobo_table_with_a_note": lambda: kobo_table(
        [KOBO_HEADER, KOBO_ROW], lambda sheet: sheet.write_comment("D2", "to be checked", {"author": "us"})
    ),
    "refused__kobo_table_version_as_a_day": lambda: kobo_table(
        [KOBO_HEADER, (*KOBO_ROW[:10], datetime(2043, 1, 1), 1)]  # noqa: DTZ001
    ),
    "refused__kobo_table_beside_another": lambda: kobo_table([KOBO_HEADER, KOBO_ROW], others=("repeats",)),
    "refused__workbook_no_addresses_formula": lambda: without_addresses({"C3": FORMULA}),
    "refused__workbook_no_addresses_errors": lambda: without_addresses({"C3": ERROR, "D3": ERROR, "E4": ERROR}),
    "refused__workbook_prefixed_formula": prefixed,
    "refused__workbook_no_addresses_far_away": far_away,
    "refused__workbook_long_attribute": long_attribute,
    "refused__workbook_part_twice": lambda: twice(SHEET),
    "refused__workbook_cell_twice": lambda: changed(
        SHEET, lambda text: text.replace("</row></sheetData>", '<c r="C3"><v>1</v></c></row></sheetData>')
    ),
    "refused__workbook_open_document": of_open_document,
    "refused__workbook_binary": lambda: workbook_part("xl/workbook.bin"),
    "refused__workbook_picture_in_a_cell": lambda: changed(
        SHEET, lambda text: re.sub(r'<c r="D3"[^>]*>.*?</c>', '<c r="D3" t="e" vm="1"><v>#VALUE!</v></c>', text)
    ),
    "refused__workbook_picture_by_formula": lambda: questionnaire(
        change=lambda _, sheet: sheet.write_formula("D3", '=_xlfn.DISPIMG("ID_1",1)', None, "=DISPIMG()")
    ),
    "refused__workbook_link_of_two_addresses": lambda: linked("https://ria.ee", "https://ria.ee/en/law"),
    "refused__workbook_text_of_an_error": lambda: questionnaire(None, answered(4, comment="#ИМЯ?")),
    "refused__workbook_answer_not_in_list": lambda: questionnaire(None, answered(3, answer="perhaps")),
    "refused__workbook_answer_in_a_heading": lambda: questionnaire(None, answered(2, answer="Yes")),
    "refused__workbook_comment_too_long": lambda: replaced("xl/sharedStrings.xml", b"under discussion", b"x" * 100_000),
    "refused__workbook_cut_off": lambda: questionnaire()[:-700],
    "refused__workbook_entity_bomb": entity_bomb,
    "refused__workbook_external_link": lambda: with_part("xl/externalLinks/externalLink1.xml", b"<externalLink/>"),
    "refused__workbook_form_sheet_changed": lambda: questionnaire({"form_version": None}),
    "refused__workbook_form_version_unknown": lambda: questionnaire({"form_version": "2043-9"}),
    "refused__workbook_formula": lambda: questionnaire(
        change=lambda _, sheet: sheet.write_formula("C3", '=IF(1,"Yes","No")', None, "Yes")
    ),
    "refused__workbook_formula_error": lambda: questionnaire(
        change=lambda _, sheet: sheet.write_formula("D3", "=1/0", None, "#DIV/0!")
    ),
    "refused__workbook_item_twice": lambda: questionnaire(
        None, {"Legal": LEGAL, "Technical": [("ls1.1", "", "No", "", "")]}
    ),
    "refused__workbook_item_unknown": lambda: questionnaire(None, answered(4, item="ls7.7")),
    "refused__workbook_locked": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504,
    "refused__workbook_macros": lambda: with_part("xl/vbaProject.bin", b"\0"),
    "refused__workbook_merged_answers": lambda: questionnaire(
        change=lambda _, sheet: sheet.merge_range("C3:C4", "Yes")
    ),
    "refused__workbook_merged_evidence": lambda: questionnaire(
        change=lambda _, sheet: sheet.merge_range("D2:E3", "https://www.riigiteataja.ee/en/")
    ),
    "refused__workbook_million_rows": million_rows,
    "refused__workbook_of_another_edition": lambda: questionnaire({"edition": "2042q"}),
    "refused__workbook_of_another_state": lambda: questionnaire({"iso3": "FIN"}),
    "refused__workbook_schema": lambda: questionnaire({"schema": "gci-questionnaire/9"}),
    "refused__workbook_sheet_without_codes": lambda: questionnaire(
        None,
        {"Legal": LEGAL, "Technical": TECHNICAL},
        change=lambda book, _: book.get_worksheet_by_name("Technical").write("A1", "code"),
    ),
    "refused__workbook_utf16": lambda: with_part("xl/sharedStrings.xml", "<sst/>".encode("utf-16")),
    "refused__workbook_without_form": lambda: kobo_table([("item", "answer"), ("ls1.1", "yes")]),
    "refused__workbook_zip_bomb": zip_bomb,
}
"""By the name of the case: what makes its bytes."""
