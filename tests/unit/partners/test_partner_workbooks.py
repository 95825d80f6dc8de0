"""Workbooks of partners: what a sheet shows and what its cells hold are the same, or it is said."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

from unit.partners.described import check, codes, values

WIDE = {
    "format": "xlsx",
    "layouts": {"table": {"columns": ["Country", "Code", "Indicator"], "further": r"(19|20)\d\d"}},
    "roles": {"area": "Code", "area_name": "Country", "series": "Indicator"},
    "years": {"empty": "skip"},
    "series": {"USERS": {"unit": "PERCENT"}, "SHARE": {"unit": "YES_NO"}},
}
HEADER = ["Country", "Code", "Indicator", "2019", "2020"]
ESTONIA = ["Estonia", "EST", "USERS", 90.5, 91]
LANDED = [("USERS", "EST", "2019", 90.5), ("USERS", "EST", "2020", 91)]


def sheet(*rows: list[Any]) -> tuple[Workbook, Worksheet]:
    book = Workbook()
    table = book.active
    assert table is not None
    for row in (HEADER, *rows):
        table.append(row)
    return book, table


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def said(folder: Path, content: bytes, description: dict[str, Any] = WIDE) -> list[str]:
    return codes(check(folder, description, content, "table.xlsx"))


def test_a_plain_table_lands(tmp_path: Path) -> None:
    book, _ = sheet(ESTONIA)
    assert values(check(tmp_path, WIDE, saved(book), "table.xlsx")) == LANDED


FORMULAS = ["=1+1", "=SUM(D2:D2)", ArrayFormula("E2", "=SUM(D2:D2*1)"), "=[1]Sheet1!A1"]


@pytest.mark.parametrize("empty", ["skip", "refuse", "missing"])
@pytest.mark.parametrize("formula", FORMULAS, ids=["of constants", "sum", "array", "other workbook"])
def test_a_formula_without_a_stored_result_is_no_empty_cell(tmp_path: Path, formula: Any, empty: str) -> None:
    book, table = sheet(ESTONIA)
    table["E2"] = formula
    assert said(tmp_path, saved(book), WIDE | {"years": {"empty": empty}}) == ["formula_not_calculated"]


def test_a_shared_formula_without_a_stored_result_is_no_empty_cell(tmp_path: Path) -> None:
    book, table = sheet(ESTONIA, ["Finland", "FIN", "USERS", 92, 93])
    table["E2"], table["E3"] = "=D2+1", "=D3+1"
    shared = b'<f t="shared" ref="E2:E3" si="0">D2+1</f>', b'<f t="shared" si="0"></f>'
    content = with_parts(
        saved(book), lambda text: text.replace(b"<f>D2+1</f>", shared[0]).replace(b"<f>D3+1</f>", shared[1])
    )
    assert said(tmp_path, content) == ["formula_not_calculated"] * 2


def test_a_row_of_nothing_but_such_formulas_is_no_empty_row(tmp_path: Path) -> None:
    book, table = sheet(ESTONIA)
    for column, address in enumerate(("A3", "B3", "C3", "D3", "E3"), start=1):
        table[address] = f"=A{column}"
    assert said(tmp_path, saved(book)) == ["formula_not_calculated"] * 5


def test_a_formula_whose_result_is_stored_is_its_result(tmp_path: Path) -> None:
    book, table = sheet(ESTONIA)
    table["E2"] = "=90+1"
    content = with_parts(
        saved(book),
        lambda text: text.replace(b"<f>90+1</f><v />", b"<f>90+1</f><v>91</v>").replace(
            b"<f>90+1</f><v></v>", b"<f>90+1</f><v>91</v>"
        ),
    )
    assert values(check(tmp_path, WIDE, content, "table.xlsx")) == LANDED


@pytest.mark.parametrize("result", [0, ""])
def test_a_result_that_a_program_put_in_its_place_is_none(tmp_path: Path, result: Any) -> None:
    """XlsxWriter stores 0 with every formula, and asks the spreadsheet program to calculate them all."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        table = book.add_worksheet()
        for row, cells in enumerate((HEADER, ESTONIA)):
            table.write_row(row, 0, cells)
        table.write_formula("E2", "=90+1", None, result)
    assert said(tmp_path, out.getvalue()) == ["formula_not_calculated"]


def test_a_name_of_a_column_that_was_never_calculated_is_not_passed_over(tmp_path: Path) -> None:
    book, table = sheet(ESTONIA)
    table["E1"] = "=2019+1"
    layouts = {"table": WIDE["layouts"]["table"] | {"ignores_others": True}}  # type: ignore[index]
    assert said(tmp_path, saved(book), WIDE | {"layouts": layouts}) == ["formula_not_calculated"]


def test_a_formula_beside_the_table_is_not_looked_at(tmp_path: Path) -> None:
    book, table = sheet(ESTONIA)
    table["A1"].value = "Country"
    table["G1"], table["G2"] = "note", "=1+1"
    layouts = {"table": WIDE["layouts"]["table"] | {"ignores_others": True}}  # type: ignore[index]
    assert values(check(tmp_path, WIDE | {"layouts": layouts}, saved(book), "table.xlsx")) == LANDED


PERCENT = ["0%", "0.00%", "#,##0.0%", "[Red]0.0%", '[>1]"-";0.00%', "0.00%;[Blue]-0.00%", '0 %;"none"', "[$-409]0%"]
PLAIN = ['0.0"%"', "0.0\\%", '0.0 "% of all"', "0.00", "General", "#,##0", "[Red]0.0", "0_%", "0.0E+00", "0.###e-0"]


@pytest.mark.parametrize("shown_as", PERCENT)
def test_a_number_that_is_shown_in_percent_is_refused_on_another_scale(tmp_path: Path, shown_as: str) -> None:
    book, table = sheet(["Estonia", "EST", "USERS", 0.905, 91])
    table["D2"].number_format = shown_as
    assert said(tmp_path, saved(book)) == ["value_shown_in_percent"]


@pytest.mark.parametrize("shown_as", PERCENT)
def test_a_share_that_is_shown_in_percent_is_a_share(tmp_path: Path, shown_as: str) -> None:
    book, table = sheet(["Estonia", "EST", "SHARE", 0.905, 1])
    table["D2"].number_format = shown_as
    assert values(check(tmp_path, WIDE, saved(book), "table.xlsx"))[0] == ("SHARE", "EST", "2019", 0.905)


@pytest.mark.parametrize("shown_as", PLAIN)
def test_a_number_with_a_sign_beside_it_is_what_it_shows(tmp_path: Path, shown_as: str) -> None:
    book, table = sheet(ESTONIA)
    table["D2"].number_format = shown_as
    assert values(check(tmp_path, WIDE, saved(book), "table.xlsx")) == LANDED


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("90.5 %", "value_not_a_number"),
        ("90,5", "value_not_a_number"),
        ("#N/A", "cell_error"),
        ("n/a", "value_not_a_number"),
    ],
)
def test_texts_in_place_of_numbers_are_not_guessed(tmp_path: Path, cell: str, code: str) -> None:
    book, _ = sheet(["Estonia", "EST", "USERS", cell, 91])
    assert said(tmp_path, saved(book)) == [code]


def test_merged_cells_count_for_every_row_that_they_cover(tmp_path: Path) -> None:
    book, table = sheet(["Estonia", "EST", "USERS", 90.5, 91], ["Finland", "FIN", "USERS", None, 93])
    table.merge_cells("D2:D3")
    checked = check(tmp_path, WIDE, saved(book), "table.xlsx")
    assert codes(checked) == ["cell_spanned"]
    assert values(checked)[2] == ("USERS", "FIN", "2019", 90.5)


def test_rows_that_do_not_show_are_mentioned(tmp_path: Path) -> None:
    book, table = sheet(ESTONIA, ["Finland", "FIN", "USERS", 92, 93])
    table.row_dimensions[3].hidden = True
    assert said(tmp_path, saved(book)) == ["rows_not_shown", "flaw_not_tolerated"]


def test_blanks_around_texts_are_told_and_hold_nothing_up(tmp_path: Path) -> None:
    book, _ = sheet(["Estonia ", " EST", "USERS", 90.5, 91])
    checked = check(tmp_path, WIDE, saved(book), "table.xlsx")
    assert (codes(checked), values(checked)) == (["outer_blanks"], LANDED)


def with_parts(content: bytes, change: Any) -> bytes:
    """The workbook with its sheet changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            text = old.read(entry)
            new.writestr(entry.filename, change(text) if entry.filename == "xl/worksheets/sheet1.xml" else text)
    return out.getvalue()
