"""Whatever the bytes: a verdict comes out, never an exception, and a refusal always has an error to show."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from faults.case_files import cases
from faults.rules import rules
from gci.collect.check import kind_of
from gci.collect.check_file import check_file
from gci.core.records import FILE_KINDS

good = st.deferred(lambda: st.sampled_from([case.content for case in cases() if case.verdict == "accepted"]))
"""Files that are accepted: made when they are asked for, since some are workbooks."""


def assert_a_verdict(content: bytes, path: Path) -> None:
    path.write_bytes(content)
    assert kind_of(path) in FILE_KINDS
    for kind in FILE_KINDS:
        receipt = check_file(path, kind, book=rules()).receipt
        errors = [problem for problem in receipt.problems if problem.severity == "error"]
        assert (receipt.verdict == "refused") == bool(errors)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes(tmp_path_factory, content: bytes) -> None:
    assert_a_verdict(content, tmp_path_factory.mktemp("any") / "x.csv")


@settings(max_examples=150, deadline=None)
@given(good, st.data())
def test_a_good_file_with_some_bytes_changed(tmp_path_factory, content: bytes, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(content)))
    length = data.draw(st.integers(0, 30))
    changed = content[:start] + data.draw(st.binary(max_size=10)) + content[start + length :]
    assert_a_verdict(changed, tmp_path_factory.mktemp("changed") / "x.csv")


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.lists(st.text(alphabet=st.characters(codec="utf-8"), max_size=12), min_size=1, max_size=8), max_size=5)
)
def test_a_good_header_over_any_cells(tmp_path_factory, rows: list[list[str]]) -> None:
    lines = ["edition,iso3,item,answer,evidence_url,comment", *(",".join(row) for row in rows)]
    assert_a_verdict("\n".join(lines).encode(), tmp_path_factory.mktemp("cells") / "x.csv")
