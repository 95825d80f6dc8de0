"""The workbook as a spreadsheet program reads it."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import openpyxl
import pytest

from gci.core.database import warehouse_file
from gci.core.errors import Blocked
from gci.publish.formats import xlsx

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("source") / "source.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute("create table overall_scores (iso3 varchar, score double, tier integer, primary key (iso3))")
        connection.execute("comment on table overall_scores is 'One row per state.'")
        connection.execute("comment on column overall_scores.score is '0–100.'")
        connection.execute("insert into overall_scores values ('NAM', 61.237, 3), ('AFG', 0, 5), ('ZZZ', null, null)")
        connection.execute("create table reconciliation (iso3 varchar, difference double, note varchar)")
        connection.execute("insert into reconciliation values ('AFG', 1e-12, '=HYPERLINK(\"http://x\")')")
        connection.execute("create table unread (i integer)")
    return file


def rows_of(table: str) -> str:
    return f"from {table} order by iso3"


def write(source: Path, target: Path) -> Path:
    with warehouse_file.reading(source) as connection:
        xlsx.write(connection, rows_of, target, {"Title": "GCI 2024", "Signed off by": "=A. Signer"}, AT)
    return target


@pytest.fixture(scope="module")
def book(source: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(write(source, source.with_name("book.xlsx")))


def test_notes_come_first_then_the_analysts_tables(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == ["notes", "overall_scores", "reconciliation"]
    notes = [[cell.value for cell in row] for row in book["notes"].iter_rows()]
    assert ["Title", "GCI 2024", None] in notes
    assert ["overall_scores", None, "One row per state."] in [[a, b or None, c] for a, b, c in notes]
    assert ["overall_scores", "score", "0–100."] in notes


def test_scores_hold_everything_and_show_two_decimals(book: openpyxl.Workbook) -> None:
    cell = book["overall_scores"]["B3"]
    assert (cell.value, cell.number_format) == (61.237, "0.00")
    assert book["overall_scores"].freeze_panes == "A2"


def test_nothing_is_an_empty_cell_and_zero_is_zero(book: openpyxl.Workbook) -> None:
    sheet = book["overall_scores"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)] == [
        ["AFG", 0, 5],
        ["NAM", 61.237, 3],
        ["ZZZ", None, None],
    ]


def test_a_text_is_never_a_formula(book: openpyxl.Workbook) -> None:
    cell = book["reconciliation"]["C2"]
    assert (cell.value, cell.data_type) == ('=HYPERLINK("http://x")', "s")
    assert book["notes"]["B2"].data_type == "s"


@pytest.mark.parametrize("around", [{"TZ": "Asia/Kathmandu"}, {"PYTHONHASHSEED": "7"}, {"LC_ALL": "C"}], ids=str)
def test_the_same_rows_give_the_same_bytes(around: dict[str, str], source: Path, tmp_path: Path) -> None:
    call = f"import sys; sys.path[:0] = [{str(Path(__file__).parent)!r}]; from pathlib import Path; import test_xlsx; "
    call += "test_xlsx.write(Path(sys.argv[1]), Path(sys.argv[2]))"
    file = tmp_path / "again.xlsx"
    subprocess.run([sys.executable, "-c", call, str(source), str(file)], env=os.environ | around, check=True)
    assert file.read_bytes() == write(source, tmp_path / "here.xlsx").read_bytes()


def test_a_text_that_no_cell_can_hold_stops_the_release(tmp_path: Path) -> None:
    file = tmp_path / "source.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute("create table corrections (iso3 varchar, reason varchar)")
        connection.execute("insert into corrections values ('AFG', repeat('x', 40000))")
    with pytest.raises(Blocked, match="corrections"):
        write(file, tmp_path / "book.xlsx")
