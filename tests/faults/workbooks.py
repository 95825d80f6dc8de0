"""Workbooks as they arrive, made anew in each test: the questionnaire of edition 2043, and what people do to it."""

from __future__ import annotations

import io
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


def kobo_table(rows: Rows) -> bytes:
    """A table of submissions as KoboToolbox exports it."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    book.set_properties({"created": MADE_ON})
    sheet = book.add_worksheet("gci_2043")
    for number, record in enumerate(rows):
        sheet.write_row(number, 0, record)
    book.close()
    return content.getvalue()


KOBO_HEADER = ("start", "iso3", "edition", "legal/ls1/ls1_1", "legal/ls1/ls1_1_evidence", "legal/ls1/ls1_2",
               "technical/ts1/ts1_1", "_id", "_uuid", "_submission_time", "__version__", "_index")  # fmt: skip

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
    "accepted__kobo_table": lambda: kobo_table(
        [
            KOBO_HEADER,
            (
                "2043-05-01",
                "FIN",
                "2043",
                "yes",
                "https://www.finlex.fi/",
                "no",
                "",
                7,
                "a-1",
                "2043-05-01T10:00:00",
                "2043-1",
                1,
            ),
        ]
    ),
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
