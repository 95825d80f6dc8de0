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
from gci.publish.formats.about import About
from gci.publish.formats.dictionary import dictionary

ABOUT = About(
    edition="2024",
    vintage=1,
    title="GCI 2024",
    reference_year=2024,
    published_at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
    signed_by="=A. Signer",
    known_errors=0,
    content_digest="c" * 64,
    code_version="1",
    synthetic=False,
)


TABLES = """
create table member_states (iso3 varchar, name_en varchar);
insert into member_states values ('NAM', 'Namibia'), ('AFG', 'Afghanistan');
create table labels (kind varchar, code varchar, language varchar, label varchar);
insert into labels values ('concept', 'legal', 'en', 'Legal measures'), ('itu_region', 'AFR', 'en', 'Africa');
create table index_overview (edition varchar, iso3 varchar, development varchar, points_to_next_tier double);
insert into index_overview values ('2024', 'NAM', 'developing', 8.5), ('2024', 'AFG', 'developing ldc lldc', null);
create table index_overview_in_languages (edition varchar, iso3 varchar, language varchar, member_state varchar,
    itu_region varchar, tier integer, tier_label varchar, rank integer, score double, legal double, technical double,
    organizational double, capacity_development double, cooperation double, respondent_status varchar,
    synthetic boolean, development varchar, income varchar);
insert into index_overview_in_languages values
    ('2024', 'NAM', 'en', 'Namibia', 'Africa', 3, 'Establishing', null, 61.237, 20, 0, 10, 11, 20.237, 'Not known',
        false, null, '=HYPERLINK("http://x")'),
    ('2024', 'AFG', 'en', 'Afghanistan', null, 5, 'Building', null, 0, 0, null, 0, 0, 0, 'No data', false, null, null),
    ('2024', 'NAM', 'fr', 'Namibie', 'Afrique', 3, null, null, 61.237, 20, 0, 10, 11, 20.237, null, false, null, null);
create table framework (edition varchar, node varchar, level varchar, pillar varchar, label_en varchar, weight double,
    weight_fraction varchar);
insert into framework values ('2024', 'legal', 'pillar', 'legal', 'Legal measures', 20, '20/1'),
    ('2024', 'ls1', 'indicator', 'legal', 'Substantive law', 20, '20/1');
create table indicator_scores (edition varchar, iso3 varchar, indicator varchar, score double);
insert into indicator_scores values ('2024', 'NAM', 'ls1', 0.3377), ('2024', 'AFG', 'ls1', null);
create table corrections (edition varchar, id varchar, iso3 varchar, dimension varchar, reason varchar);
insert into corrections values ('2024', '2024-NAM-legal', 'NAM', 'legal', 'Printed otherwise.');
"""


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("source") / "source.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute(TABLES)
    return file


def write(source: Path, target: Path) -> Path:
    with warehouse_file.reading(source) as connection:
        xlsx.write(connection, ABOUT, dictionary(connection, ABOUT.edition), target)
    return target


@pytest.fixture(scope="module")
def book(source: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(write(source, source.with_name("book.xlsx")))


def test_contents_and_notes_come_first_and_no_sheet_is_empty(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == ["Contents", "Notes", "States", "Weights", "Known errors", "Dictionary"]
    notes = {row[0].value: row[1].value for row in book["Notes"].iter_rows()}
    assert notes["Title"] == "GCI 2024"
    assert {"Edition", "Vintage", "Source", "Licence", "To cite", "Content digest"} <= notes.keys()


def test_the_contents_lead_to_every_sheet_and_say_what_it_shows(book: openpyxl.Workbook) -> None:
    listed = [row for row in book["Contents"].iter_rows(min_row=4) if row[0].value]
    assert [row[0].value for row in listed] == book.sheetnames[1:]
    assert [row[0].hyperlink.location for row in listed] == [f"'{name}'!A1" for name in book.sheetnames[1:]]
    rows = {row[0].value: row[2].value for row in listed}
    assert all(rows[name] == book[name].max_row - 1 for name in ("States", "Weights", "Dictionary"))


def test_the_dictionary_has_every_column_of_the_file(book: openpyxl.Workbook, source: Path) -> None:
    told = {(row[0].value, row[1].value) for row in book["Dictionary"].iter_rows(min_row=2)}
    with duckdb.connect(str(source), read_only=True) as connection:
        there = connection.execute("select table_name, column_name from duckdb_columns() where not internal").fetchall()
    assert told == set(there)


def test_a_state_is_one_row_under_heads_in_words(book: openpyxl.Workbook) -> None:
    heads, afghanistan, namibia = ([cell.value for cell in row] for row in book["States"].iter_rows())
    assert heads[:4] == ["State", "ISO 3166 code", "Region", "Tier"]
    assert "ls1 Substantive law (0–1)" in heads
    assert "Rank" not in heads, "a column without a value is left out"
    assert dict(zip(heads, namibia, strict=True))["Overall score (0–100)"] == 61.237
    assert dict(zip(heads, afghanistan, strict=True))["Development groups"] == "developing, LDC, LLDC"
    assert (afghanistan[0], namibia[0]) == ("Afghanistan", "Namibia")


def test_numbers_are_numbers_and_missing_is_no_zero(book: openpyxl.Workbook) -> None:
    heads, afghanistan, namibia = book["States"].iter_rows()
    place = {cell.value: cell.column - 1 for cell in heads}
    score = namibia[place["Overall score (0–100)"]]
    assert (score.value, score.data_type, score.number_format) == (61.237, "n", "0.00")
    assert namibia[place["ls1 Substantive law (0–1)"]].number_format == "0.000"
    assert afghanistan[place["Overall score (0–100)"]].value == 0
    assert afghanistan[place["Technical measures (0–20)"]].value is None


def test_a_text_is_never_a_formula(book: openpyxl.Workbook) -> None:
    heads, _, namibia = book["States"].iter_rows()
    cell = namibia[[head.value for head in heads].index("Income group")]
    assert (cell.value, cell.data_type) == ('=HYPERLINK("http://x")', "s")
    (signer,) = [row[1] for row in book["Notes"].iter_rows() if row[0].value == "Signed off by"]
    assert (signer.value, signer.data_type) == ("=A. Signer", "s")


def test_every_sheet_prints_in_landscape_with_its_heads_on_each_page(book: openpyxl.Workbook) -> None:
    for sheet in book.worksheets:
        assert (sheet.page_setup.orientation, sheet.sheet_properties.pageSetUpPr.fitToPage) == ("landscape", True)
        assert sheet.print_area
    for sheet in book.worksheets[2:]:
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.freeze_panes == "B2"


def test_no_text_is_cut_and_a_page_is_no_wider_than_can_be_read(book: openpyxl.Workbook) -> None:
    for sheet in book.worksheets[2:]:
        columns = sheet.column_dimensions.values()
        wide = {place: one.width for one in columns for place in range(one.min, one.max + 1)}
        assert sum(wide.values()) <= 250 * int(sheet.page_setup.fitToWidth or 1), sheet.title
        for row in sheet.iter_rows():
            high = sheet.row_dimensions[row[0].row].height or 15
            for cell in row:
                if isinstance(cell.value, str):
                    assert cell.alignment.wrap_text or cell.row == 1, cell.coordinate
                    assert len(cell.value) <= wide[cell.column] * high / 15, cell.coordinate


def test_known_errors_are_told_in_words(book: openpyxl.Workbook) -> None:
    heads, row = book["Known errors"].iter_rows(values_only=True)
    assert dict(zip(heads, row, strict=True)) == {
        "Entry": "2024-NAM-legal",
        "State": "Namibia",
        "ISO 3166 code": "NAM",
        "Dimension": "Legal measures",
        "Reason": "Printed otherwise.",
    }


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
        connection.execute("create table member_states (iso3 varchar, name_en varchar)")
        connection.execute("create table labels (kind varchar, code varchar, language varchar, label varchar)")
        connection.execute(
            "create table corrections (edition varchar, id varchar, iso3 varchar, dimension varchar, reason varchar)"
        )
        connection.execute("insert into corrections values ('2024', 'x', 'AFG', 'legal', repeat('x', 40000))")
    with pytest.raises(Blocked, match="Known errors"):
        write(file, tmp_path / "book.xlsx")
