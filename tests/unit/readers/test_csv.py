"""The CSV reader: whatever way a valid return is written, the same answers are read."""

from __future__ import annotations

import codecs
import csv
import io

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gci.diagnostics.problems import Report, UnreadableError
from gci.readers import Columns, Row
from gci.readers import csv as csv_reader
from gci.readers.remarks import is_comment
from gci.readers.text import LONGEST_RECORD
from gci.survey.returns import LAYOUTS

NAMES = LAYOUTS[0].required
SMALL = (Columns(("key", "value")),)

texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=40).map(str.strip)
long_texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"], exclude_characters="\0"), max_size=80)
rows_of_texts = st.lists(st.fixed_dictionaries(dict.fromkeys(NAMES, texts)), min_size=1, max_size=20).filter(
    lambda rows: all(any(row.values()) for row in rows)
)


def read(content: bytes, layouts: tuple[Columns, ...] = SMALL) -> tuple[list[Row], Report]:
    report = Report()
    return list(csv_reader.read(io.BytesIO(content), layouts, report)), report


def first_problem(content: bytes) -> tuple[str, int | None]:
    report = Report()
    with pytest.raises(UnreadableError):
        list(csv_reader.read(io.BytesIO(content), SMALL, report))
    return report.problems[-1].code, report.problems[-1].row


@settings(max_examples=300, deadline=None)
@given(
    rows=rows_of_texts,
    order=st.permutations(NAMES),
    delimiter=st.sampled_from(",;\t"),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    final=st.booleans(),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be"]),
)
def test_any_way_of_writing_reads_back(rows, order, delimiter, line_end, quoting, final, encoding) -> None:
    # No edition, state or item begins as a comment does.
    assume(order[0] in ("comment", "evidence_url") or not any(is_comment(row[order[0]]) for row in rows))
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=line_end, quoting=quoting)
    writer.writerow(order)
    writer.writerows([[row[name] for name in order] for row in rows])
    written = text.getvalue() if final else text.getvalue().removesuffix(line_end)
    marks = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}
    found, report = read(marks.get(encoding, b"") + written.encode(encoding), LAYOUTS)
    assert [{name: row.cells[name] for name in NAMES} for row in found] == rows
    assert [row.number for row in found] == list(range(2, len(rows) + 2))
    assert not report.refused


@settings(max_examples=200, deadline=None)
@given(st.lists(long_texts, min_size=1, max_size=5))
def test_texts_of_several_lines_read_back(values: list[str]) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerows([("key", "value"), *((f"row {number}", value) for number, value in enumerate(values))])
    found, report = read(text.getvalue().encode())
    assert [row.cells["value"] for row in found] == [value.strip() for value in values]
    assert not report.problems


def test_rows_are_numbered_by_the_lines_they_begin_on() -> None:
    found, _ = read(b'key,value\n\n1,"a\nb"\n\r\n2,c\n')
    assert [(row.number, row.cells["value"]) for row in found] == [(3, "a\nb"), (6, "c")]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b'key,value\n1,"a\n2,b\n', ("open_quote", 2)),
        (b'key,value\n1,"a\n1,b"\n', ("open_quote", 2)),
        (b'key,value\n1,"a"b\n', ("bad_quote", 2)),
        (b"key,value\n1,a\n2,\xe9\n", ("encoding_unknown", 3)),
        (b"key,value\r1,a\r2,\xe9\r", ("encoding_unknown", 3)),
        (b"key,value\n" + b"1,a\n" * 50_000 + b"\xff\n", ("encoding_unknown", 50_002)),
        (b"key,value\n1,a\n2,\x00\n", ("nul_byte", 3)),
        (b"key,value\n1," + b"a" * LONGEST_RECORD, ("row_too_long", 2)),
        (b'key,value\n1,"a\n' + b"\n" * LONGEST_RECORD, ("open_quote", 2)),
        (b" " * 2 * LONGEST_RECORD, ("empty_file", None)),
        (b"\xff\xfe", ("empty_file", None)),
    ],
)
def test_reading_stops_where_nothing_after_can_be_trusted(content: bytes, problem: tuple[str, int | None]) -> None:
    code, row = first_problem(content)
    assert (code, row) == problem


def test_a_comment_of_lines_that_begin_alike_is_not_taken_for_rows() -> None:
    found, report = read(b'key,value\n1,"a list:\n1. first\n2. second"\n')
    assert len(found) == 1
    assert not report.problems


def test_the_nearest_layout_is_chosen() -> None:
    two = (Columns(("key", "value")), Columns(("key", "label", "value")))
    for header, width in ((b"value,key\n1,2\n", 2), (b"value,label,key\n1,2,3\n", 3)):
        found, report = read(header, two)
        assert len(found[0].cells) == width
        assert not report.problems


def test_only_what_is_asked_for_is_read_of_a_large_file() -> None:
    class Counting(io.BytesIO):
        taken = 0

        def read1(self, size: int | None = -1) -> bytes:
            chunk = super().read1(size)
            Counting.taken += len(chunk)
            return chunk

    content = Counting(b"key,value\n" + b"1,a\n" * 1_000_000)
    rows = csv_reader.read(content, SMALL, Report())
    next(rows)
    assert Counting.taken < 100_000
    rows.close()


def test_comments_are_said_once_with_all_their_lines() -> None:
    found, report = read(b'# one\nkey,value\na,1\n#b,2\n-- c\nd,"x\n# y"\n# "z\n')
    assert [(row.cells["key"], row.cells["value"]) for row in found] == [("a", "1"), ("d", "x\n# y")]
    (problem,) = report.problems
    assert (problem.code, problem.row) == ("comment_line", 1)
    assert "rows 1, 4–5, 8" in problem.message


@pytest.mark.parametrize("cell", ["#N/A", "#NAME?", "#####", "/", "-", "--", "- a", "%"])
def test_other_signs_begin_no_comment(cell: str) -> None:
    found, report = read(f"key,value\n{cell},1\n".encode())
    assert [row.cells["key"] for row in found] == [cell]
    assert not report.problems
