"""CSV: whatever goes in comes out, and no cell is a formula."""

from __future__ import annotations

import csv as reader
import io
import struct
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gci.core.database import warehouse_file
from gci.publish.formats import csv

TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=30)
AWKWARD = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "'",
    "''=1",
    "a,b",
    'say "hi"',
    "",
    "ليس صفرا",
    "NULL",
]


def written(rows: list[tuple[float | None, str | None]], folder: Path) -> bytes:
    """The CSV file of a table with these rows, in their order."""
    file = folder / "source.duckdb"
    file.unlink(missing_ok=True)
    with duckdb.connect(str(file)) as connection:
        connection.execute("create table t (place integer, number double, said varchar, primary key (place))")
        if rows:
            connection.executemany("insert into t values (?, ?, ?)", [[place, *row] for place, row in enumerate(rows)])
    target = folder / "t.csv"
    with warehouse_file.reading(file) as connection:
        csv.write(connection, "t", "from t order by place", target)
    return target.read_bytes()


def read_back(data: bytes) -> list[list[str]]:
    """The cells of the rows, as any reader of CSV has them."""
    return list(reader.reader(io.StringIO(data.decode("utf-8"), newline="")))[1:]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(allow_nan=False, allow_infinity=False) | st.none(), TEXT), max_size=8))
def test_whatever_goes_in_comes_out_to_the_bit(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[float | None, str]]
) -> None:
    lines = read_back(written(list(rows), tmp_path_factory.mktemp("csv")))
    assert [said.removeprefix("'") for _, _, said in lines] == [said for _, said in rows]
    for (_, number, _), (sent, _) in zip(lines, rows, strict=True):
        assert bits(float(number) if number else None) == bits(sent)


def bits(number: float | None) -> bytes | None:
    """The eight bytes of a double, so that 0.0 and -0.0 differ."""
    return None if number is None else struct.pack(">d", number)


@pytest.mark.parametrize("text", AWKWARD)
def test_no_cell_begins_like_a_formula(text: str, tmp_path: Path) -> None:
    ((_, _, cell),) = read_back(written([(None, text)], tmp_path))
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert cell.removeprefix("'") == text


def test_nothing_and_an_empty_text_differ(tmp_path: Path) -> None:
    assert written([(None, None), (0.0, "")], tmp_path) == b'place,number,said\n0,,\n1,0.0,""\n'


def test_doubles_are_written_in_their_shortest_form(tmp_path: Path) -> None:
    data = written([(0.1, "a"), (12.714285714, "b"), (1e-9, "c"), (-0.5, "d")], tmp_path)
    assert data.splitlines()[1:] == [b"0,0.1,a", b"1,12.714285714,b", b"2,1e-09,c", b"3,-0.5,d"]


def test_a_table_without_rows_has_its_header(tmp_path: Path) -> None:
    assert written([], tmp_path) == b"place,number,said\n"
