"""The workbook reader: what a spreadsheet shows is what is read, and no small file fills the machine."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from gci.diagnostics.problems import Report, UnreadableError
from gci.readers import FORMATS, Columns, Form, Row
from gci.readers.archive import OF_A_PARTNER

SMALL = Columns(("key", "value"))
SHEET = "xl/worksheets/sheet1.xml"

texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Co", "Cn"]), max_size=30).map(str.strip)
cells = st.one_of(
    texts.filter(lambda text: not text.startswith(("=", "#"))),
    st.integers(-(10**12), 10**12),
    st.floats(-1e300, 1e300).map(lambda value: float(f"{value:.15g}")),  # the digits that a workbook keeps
    st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    st.none(),
)


def workbook(rows: list[list[Any]], merged: tuple[str, ...] = (), hidden: str = "") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for span in merged:
        sheet.merge_cells(span)
    if hidden:
        book.create_sheet(hidden).sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(content: bytes, *layouts: Columns) -> tuple[list[Row], Report]:
    report = Report()
    return list(FORMATS["xlsx"].read(io.BytesIO(content), layouts or (SMALL,), report)), report


def refusal(content: bytes) -> str:
    report = Report()
    with pytest.raises(UnreadableError):
        list(FORMATS["xlsx"].read(io.BytesIO(content), (SMALL,), report))
    return report.problems[-1].code


def patched(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The workbook with something else in one part of it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            text = source.read(entry)
            assert entry.filename != part or old in text
            target.writestr(entry.filename, text.replace(old, new) if entry.filename == part else text)
    return out.getvalue()


def shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return value.isoformat() if isinstance(value, date) else str(value)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=8))
def test_what_is_written_is_read_back(rows: list[tuple[Any, Any]]) -> None:
    written = [[f"row {number}", value] for number, (_, value) in enumerate(rows)]
    found, report = read(workbook([["key", "value"], *written]))
    assert [(row.cells["key"], row.cells["value"]) for row in found] == [(key, shown(value)) for key, value in written]
    assert [row.number for row in found] == list(range(2, len(rows) + 2))
    assert {row.sheet for row in found} == {"Sheet"}
    assert not report.refused


def test_names_over_two_rows_are_joined() -> None:
    rows = [["State", "Score", None], [None, "2020", "2024"], ["Estonia", 90.5, 91]]
    layout = Columns(("State", "Score / 2020", "Score / 2024"), form=Form(header_rows=2))
    found, report = read(workbook(rows, ("A1:A2", "B1:C1")), layout)
    assert [row.cells for row in found] == [{"State": "Estonia", "Score / 2020": "90.5", "Score / 2024": "91"}]
    assert [problem.code for problem in report.problems] == ["header_merged"]


def test_hidden_sheets_are_not_looked_at() -> None:
    found, _ = read(workbook([["key", "value"], ["a", 1]], hidden="Notes"))
    assert len(found) == 1


def test_a_sheet_by_its_name() -> None:
    content = workbook([["key", "value"], ["a", 1]])
    found, _ = read(content, Columns(("key", "value"), form=Form(sheet="Sheet")))
    assert len(found) == 1
    report = Report()
    with pytest.raises(UnreadableError):
        list(FORMATS["xlsx"].read(io.BytesIO(content), (Columns(("key",), form=Form(sheet="Data")),), report))
    assert report.problems[-1].code == "sheet_unknown"


def test_a_text_that_many_cells_share_is_counted_for_each() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["key", "value"])
        for row in range(1, 20_000):
            sheet.write_string(row, 0, "x" * 30_000)
    assert len(out.getvalue()) < 200_000
    assert refusal(out.getvalue()) == "workbook_too_big"


@pytest.mark.parametrize("place", [b"A1048576", b"XFD1048576", b"ZZZ9999999"])
def test_a_cell_far_away_is_no_reason_to_fill_the_memory(place: bytes) -> None:
    content = workbook([["key", "value"], ["a", 1]])
    far = patched(content, SHEET, b"</sheetData>", b'<row><c r="%s"><v>1</v></c></row></sheetData>' % place)
    if place.startswith(b"A"):
        assert OF_A_PARTNER.cells > 1_048_576 * 2
        assert len(read(far)[0]) == 2
    else:
        assert refusal(far) == "workbook_too_big"


def test_a_part_that_is_not_what_its_checksum_says_is_damage() -> None:
    content = bytearray(workbook([["key", "value"], ["a", 1]]))
    content[60] ^= 0xFF
    assert refusal(bytes(content)) == "not_a_workbook"


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_refusal_and_no_fault(content: bytes) -> None:
    for start in (b"", b"PK\x03\x04"):
        assert refusal(start + content) in ("not_a_workbook", "workbook_locked", "workbook_of_another_form")


def test_the_mark_of_a_note_is_no_digit_of_a_number() -> None:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content)
    sheet, above = book.add_worksheet(), book.add_format({"font_script": 1})
    sheet.write_row("A1", ["key", "value"])
    sheet.write_rich_string("A2", "area in km", above, "2")
    sheet.write_rich_string("B2", "81.5", above, "2")
    book.close()
    (row,), _ = read(content.getvalue())
    assert row.cells == {"key": "area in km2", "value": "81.5²"}
