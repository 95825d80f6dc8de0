"""The catalogue and the report that a check fills."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

from gci.diagnostics.problems import MOST_PROBLEMS, At, Report, UnreadableError, catalogue, quoted, span

GCI = Path(__file__).parents[3] / "include" / "gci"
CHECKING = ("collect", "diagnostics", "partners", "readers", "storage", "survey")
CODE = [path for package in CHECKING for path in (GCI / package).rglob("*.py")]


def strings_in_code() -> set[str]:
    """Every text constant of the code that checks files."""
    trees = [ast.parse(path.read_text("utf-8")) for path in CODE]
    constants = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return {node.value for node in constants if isinstance(node.value, str)}


def test_every_code_of_the_catalogue_is_used_and_every_code_used_is_in_it() -> None:
    texts = strings_in_code()
    assert set(catalogue()) <= texts
    source = "\n".join(path.read_text("utf-8") for path in CODE)
    given = set(re.findall(r'(?:\.add|\.stop|_note)\(\s*"([a-z_0-9]+)"', source))
    assert given <= set(catalogue())


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_texts_are_sentences_in_english_at_least(code: str) -> None:
    kind = catalogue()[code]
    for words in (kind.text, kind.do):
        assert words[0].isupper() or words[0] == "{"
        assert words.endswith(".")
    assert kind.do != kind.text
    assert all(name for _, name, _, _ in Formatter().parse(kind.text + kind.do) if name is not None)


def test_problems_come_in_the_order_of_the_file() -> None:
    report = Report()
    report.add("short_row", At(7), found=1, expected=6)
    report.add("bad_quote", At(3))
    report.add("read_as_utf16")
    assert [problem.row for problem in report.problems] == [None, 3, 7]
    assert report.refused


def test_warnings_alone_do_not_refuse() -> None:
    report = Report()
    report.add("read_as_utf16")
    assert not report.refused


def test_columns_are_named_as_the_file_has_them() -> None:
    report = Report()
    report.labels["answer"] = "ANSWER"
    report.add("bad_quote", At(3, "answer", "ls1"))
    assert (report.problems[0].column, report.problems[0].item) == ("ANSWER", "ls1")


def test_an_unknown_language_falls_back_to_english() -> None:
    report = Report("tlh")
    report.add("no_rows")
    assert (
        report.problems[0].message == "The file has a header and no rows. Fill in one row per item and send it again."
    )


def test_a_report_is_bounded_and_says_so() -> None:
    report = Report()
    with pytest.raises(UnreadableError):
        for row in range(10 * MOST_PROBLEMS):
            report.add("bad_quote", At(row + 1))
    assert len(report.problems) == MOST_PROBLEMS + 1
    assert report.problems[-1].code == "many_more"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", "“”"),
        ("ls1", "“ls1”"),
        ("a\nb\x00\u202e", "“a\\u000ab\\u0000\\u202e”"),
        ("x" * 100, "“" + "x" * 60 + "…”"),
    ],
)
def test_texts_of_a_file_are_shown_on_one_line(text: str, shown: str) -> None:
    assert quoted(text) == shown


@pytest.mark.parametrize(
    ("rows", "shown"),
    [
        ([2], "row 2"),
        ([2, 3, 4, 9], "rows 2–4, 9"),
        ([9, 2], "rows 2, 9"),
        (range(2, 100, 2), "rows 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, and 39 more"),
    ],
)
def test_rows_are_shown_as_runs(rows: list[int], shown: str) -> None:
    assert str(span(rows)) == shown
