"""What is wrong with the files of an audit is told by file, row and column, all of it at once."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from command_line import gci
from gci.audit.matrix import audit_files
from gci.audit.plan import Plan
from gci.core.errors import Refused, WrongUsage

ANSWERS = ["unit,a,b,c", "X,1,0.5,", "Y,0,0,1"]
FRAMEWORK = ["node,parent,level,weight", "root,,3,", "p,root,2,1", "a,p,1,1", "b,p,1,2", "c,root,1,3"]
WEIGHTS = ["node,r_1,r_2", "p,1,2", "a,1,1", "b,2,2", "c,3,3"]


def changed(lines: list[str], **by_row: str | None) -> list[str]:
    """Lines with some replaced, by `row_2=…`; None takes one away, a row after the last is added."""
    found = dict(enumerate(lines, start=1)) | {int(name.removeprefix("row_")): line for name, line in by_row.items()}
    return [line for _, line in sorted(found.items()) if line is not None]


class Files:
    """A.csv, F.csv and W.csv in a folder, good unless a test says otherwise."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name, lines in (("A", ANSWERS), ("F", FRAMEWORK), ("W", WEIGHTS)):
            self.put(name, "\n".join(lines).encode())

    def put(self, name: str, content: bytes) -> None:
        (self.folder / f"{name}.csv").write_bytes(content)

    def audit(self, weights: bool = True, replications: int | None = None) -> Path:
        answers, framework, given = (self.folder / f"{name}.csv" for name in "AFW")
        audit_files(answers, framework, given if weights else None, Plan(3), replications, self.folder / "out")
        return self.folder / "out"

    def said(self) -> list[str]:
        with pytest.raises(Refused) as refused:
            self.audit()
        assert not (self.folder / "out").exists()
        return [line.removeprefix(f"{self.folder}/") for line in str(refused.value).split("\n")]


@pytest.fixture
def files(tmp_path):
    return Files(tmp_path)


def test_the_files_are_good_before_anything_is_changed(files):
    assert {path.name for path in files.audit().iterdir()} >= {"scores.csv", "ranks.csv"}


FRAMEWORKS = {
    "circle": (
        changed(FRAMEWORK, row_3="p,q,3,1", row_7="q,p,4,1"),
        ["F.csv, row 3, column parent: a circle of parents: p under q under p"],
    ),
    "circle with the root": (
        changed(FRAMEWORK, row_2="root,p,3,1"),
        ["F.csv, column parent: no node has an empty parent", "F.csv, row 2, column parent: a circle of parents"],
    ),
    "own parent": (
        changed(FRAMEWORK, row_3="p,p,2,1"),
        ["F.csv, row 3, column parent: a circle of parents: p under p"],
    ),
    "two roots": (
        changed(FRAMEWORK, row_7="other,,3,", row_6="c,other,1,3"),
        ["F.csv, row 7, column parent: other is a second root"],
    ),
    "item without a parent": (changed(FRAMEWORK, row_6="c,,1,3"), ["F.csv, row 6, column parent: c has no parent"]),
    "unknown parent": (
        changed(FRAMEWORK, row_4="a,nowhere,1,1"),
        ["F.csv, row 4, column parent: nowhere, the parent of a, is no node of the framework"],
    ),
    "node twice": (
        changed(FRAMEWORK, row_7="a,root,1,1"),
        ["F.csv, row 7, column node: a stands there twice, first in row 4"],
    ),
    "node without a name": (changed(FRAMEWORK, row_7=",root,1,1"), ["F.csv, row 7, column node: the node has no name"]),
    "negative weight": (
        changed(FRAMEWORK, row_4="a,p,1,-1"),
        ["F.csv, row 4, column weight: the weight of a is negative: -1"],
    ),
    "no weight": (changed(FRAMEWORK, row_4="a,p,1,"), ["F.csv, row 4, column weight: a has no weight"]),
    "all zero": (
        changed(FRAMEWORK, row_4="a,p,1,0", row_5="b,p,1,0"),
        ["F.csv, row 4, column weight: the weights of all nodes under p are zero"],
    ),
    "weight as text": (changed(FRAMEWORK, row_4="a,p,1,much"), ["F.csv, row 4, column weight: 'much' is no number"]),
    "decimal comma": (
        changed(FRAMEWORK, row_4='a,p,1,"0,5"'),
        ["F.csv, row 4, column weight: '0,5' is no number (decimals begin with a point)"],
    ),
    "endless weight": (changed(FRAMEWORK, row_4="a,p,1,inf"), ["F.csv, row 4, column weight: 'inf' is no number"]),
    "level as text": (
        changed(FRAMEWORK, row_4="a,p,low,1"),
        ["F.csv, row 4, column level: the level of a is 'low', which is no whole number from 1"],
    ),
    "a parent without children": (
        changed(FRAMEWORK, row_7="q,root,2,1"),
        ["F.csv, row 7, column level: q has level 2 and nothing lies under it: items have level 1"],
    ),
    "weights too far apart": (
        changed(FRAMEWORK, row_4="a,p,1,1e-200", row_5="b,p,1,1e200"),
        ["F.csv, row 4, column weight: 1e-200, the weight of a, vanishes beside 1e+200 under the same p"],
    ),
    "level zero": (changed(FRAMEWORK, row_4="a,p,0,1"), ["F.csv, row 4, column level: the level of a is 0"]),
    "levels upside down": (
        changed(FRAMEWORK, row_3="p,root,3,1"),
        ["F.csv, row 3, column level: p has level 3 and its parent root level 3: levels rise towards the root"],
    ),
    "a parent of the items' level": (
        changed(FRAMEWORK, row_3="p,root,1,1"),
        ["F.csv, row 3, column level: p has level 1, that of items, and is the parent of other nodes"],
    ),
    "only a header": (FRAMEWORK[:1], ["F.csv: there are no nodes in it"]),
    "only a root": (FRAMEWORK[:2], ["F.csv, row 2, column parent: root is the only node"]),
    "column missing": (
        ["node,parent,level", *(line.rpartition(",")[0] for line in FRAMEWORK[1:])],
        ["F.csv, row 1, column weight: the column is missing"],
    ),
    "column unknown": (
        [f"{line},x" for line in FRAMEWORK],
        ["F.csv, row 1, column x: the column is not known"],
    ),
    "column twice": (
        [f"{line},1" if at else f"{line},node" for at, line in enumerate(FRAMEWORK)],
        ["F.csv, row 1, column node: the column stands there twice"],
    ),
    "short row": (changed(FRAMEWORK, row_4="a,p,1"), ["F.csv, row 4: the row has 3 cells and the header 4"]),
}
MATRICES = {
    "above one": (changed(ANSWERS, row_2="X,1.5,0,0"), ["A.csv, row 2, column a: 1.5 does not lie from 0 to 1"]),
    "below zero": (changed(ANSWERS, row_3="Y,0,-0.1,1"), ["A.csv, row 3, column b: -0.1 does not lie from 0 to 1"]),
    "text": (changed(ANSWERS, row_3="Y,0,yes,1"), ["A.csv, row 3, column b: 'yes' is no number"]),
    "not a number": (changed(ANSWERS, row_3="Y,0,NaN,1"), ["A.csv, row 3, column b: 'NaN' is no number"]),
    "endless": (changed(ANSWERS, row_3="Y,-inf,0,1"), ["A.csv, row 3, column a: '-inf' is no number"]),
    "unit twice": (
        changed(ANSWERS, row_4="X,1,1,1"),
        ["A.csv, row 4, column unit: X stands there twice, first in row 2"],
    ),
    "unit without a name": (changed(ANSWERS, row_4=",1,1,1"), ["A.csv, row 4, column unit: the unit has no name"]),
    "no units": (ANSWERS[:1], ["A.csv: there are no units in it"]),
    "no items": (
        ["unit", "X"],
        ["A.csv, row 1: there are no items in it"]
        + [f"A.csv, row 1, column {item}: the column is missing" for item in "abc"],
    ),
    "other column": (
        ["unit,a,b,c,d", "X,1,1,1,1"],
        ["A.csv, row 1, column d: d is no item of the framework"],
    ),
    "a column of a parent": (
        ["unit,a,b,c,p", "X,1,1,1,1"],
        ["A.csv, row 1, column p: p is no item: other nodes lie under it"],
    ),
    "item missing": (
        ["unit,a,c", "X,1,1"],
        ["A.csv, row 1, column b: the column is missing: the framework has the item b"],
    ),
    "column twice": (["unit,a,b,c,a", "X,1,1,1,1"], ["A.csv, row 1, column a: the column stands there twice"]),
    "column without a name": (["unit,a,b,c,", "X,1,1,1,1"], ["A.csv, row 1, column number 5: the column has no name"]),
    "first column": (["state,a,b,c", "X,1,1,1"], ["A.csv, row 1, column state: the first column has to be unit"]),
    "long row": (changed(ANSWERS, row_3="Y,0,0,1,1"), ["A.csv, row 3: the row has 5 cells and the header 4"]),
    "semicolons": (
        [line.replace(",", ";") for line in ANSWERS],
        ["A.csv, row 1: its cells are not separated by commas"],
    ),
    "tabs": ([line.replace(",", "\t") for line in ANSWERS], ["A.csv, row 1: its cells are not separated by commas"]),
    "open quote": (changed(ANSWERS, row_3='"Y,0,0,1'), ["A.csv, row 3: the row cannot be read as CSV"]),
    "open quote in the first row": (
        changed(ANSWERS, row_2='"X,1,1,1'),
        ["A.csv, row 2: the row cannot be read as CSV"],
    ),
    "header after empty lines": (
        ["", "", "unit,a,b,d", "X,1,1,1"],
        [
            "A.csv, row 3, column d: d is no item of the framework",
            "A.csv, row 3, column c: the column is missing: the framework has the item c",
        ],
    ),
}
WEIGHTINGS = {
    "node missing": (changed(WEIGHTS, row_4=None), ["W.csv, column node: there are no weights for b"]),
    "node unknown": (changed(WEIGHTS, row_6="z,1,1"), ["W.csv, row 6, column node: z is no node of the framework"]),
    "node twice": (
        changed(WEIGHTS, row_6="a,1,1"),
        ["W.csv, row 6, column node: a stands there twice, first in row 3"],
    ),
    "negative": (changed(WEIGHTS, row_3="a,1,-1"), ["W.csv, row 3, column r_2: the weight of a is negative: -1"]),
    "empty": (changed(WEIGHTS, row_3="a,,1"), ["W.csv, row 3, column r_1: a has no weight"]),
    "text": (changed(WEIGHTS, row_3="a,1,one"), ["W.csv, row 3, column r_2: 'one' is no number"]),
    "not a number": (changed(WEIGHTS, row_3="a,nan,1"), ["W.csv, row 3, column r_1: 'nan' is no number"]),
    "underscore": (changed(WEIGHTS, row_3="a,1_0,1"), ["W.csv, row 3, column r_1: '1_0' is no number"]),
    "too far apart": (
        changed(WEIGHTS, row_3="a,1,1e-300", row_4="b,2,1e6"),
        ["W.csv, row 3, column r_2: 1e-300, the weight of a, vanishes beside 1e+06 under the same p"],
    ),
    "all zero": (
        changed(WEIGHTS, row_3="a,1,0", row_4="b,1,0"),
        ["W.csv, row 3, column r_2: the weights of all nodes under p are zero"],
    ),
    "no replications": (
        [line.partition(",")[0] for line in WEIGHTS],
        ["W.csv, row 1: there are no replications in it"],
    ),
    "other names": (
        changed(WEIGHTS, row_1="node,first,r_2"),
        ["W.csv, row 1, column first: the column has to be r_1"],
    ),
    "first column": (
        changed(WEIGHTS, row_1="item,r_1,r_2"),
        ["W.csv, row 1, column item: the first column has to be node"],
    ),
}
CASES = [
    pytest.param(name, lines, told, id=f"{name}: {case}")
    for name, cases in (("F", FRAMEWORKS), ("A", MATRICES), ("W", WEIGHTINGS))
    for case, (lines, told) in cases.items()
]


@pytest.mark.parametrize(("name", "lines", "told"), CASES)
def test_what_is_wrong_is_told_by_file_row_and_column(files, name, lines, told):
    files.put(name, "\n".join(lines).encode())
    said = [line for line in files.said() if line.startswith(name)]  # what follows for other files is told there
    assert len(said) == len(told), said
    for line, beginning in zip(said, told, strict=True):
        assert line.startswith(beginning)


def test_all_problems_of_all_files_are_told_at_once(files):
    files.put("F", "\n".join(changed(FRAMEWORK, row_4="a,p,1,-1", row_5="b,p,one,2")).encode())
    files.put("A", "\n".join(changed(ANSWERS, row_2="X,2,,", row_3="Y,maybe,0,1")).encode())
    files.put("W", "\n".join(changed(WEIGHTS, row_1="node,r_1,r_3")).encode())
    assert [line.partition(":")[0] for line in files.said()] == [
        "F.csv, row 4, column weight",
        "F.csv, row 5, column level",
        "A.csv, row 2, column a",
        "A.csv, row 3, column a",
        "W.csv, row 1, column r_3",
    ]


def test_what_is_wrong_with_the_framework_hides_nothing_in_the_other_files(files):
    files.put("F", "\n".join(changed(FRAMEWORK, row_4="a,p,1,-1")).encode())
    files.put("A", "\n".join(["unit,a,b,z", "X,1,0,1"]).encode())
    files.put("W", "\n".join(changed(WEIGHTS, row_3="q,1,1", row_4="b,-2,2")).encode())
    assert [line.partition(";")[0] for line in files.said()] == [
        "F.csv, row 4, column weight: the weight of a is negative: -1",
        "A.csv, row 1, column z: z is no item of the framework",
        "A.csv, row 1, column c: the column is missing: the framework has the item c",
        "W.csv, row 3, column node: q is no node of the framework",
        "W.csv, row 4, column r_1: the weight of b is negative: -2",
        "W.csv, column node: there are no weights for a",
    ]


def test_nothing_is_written_where_a_folder_stands_in_the_place_of_a_file(files):
    (files.folder / "out" / "scores.csv").mkdir(parents=True)
    with pytest.raises(WrongUsage, match=r"scores\.csv is a folder there"):
        files.audit()
    assert [path.name for path in (files.folder / "out").iterdir()] == ["scores.csv"]


def test_of_very_many_problems_the_first_are_told_and_the_rest_counted(files):
    files.put("A", "\n".join([ANSWERS[0], *(f"u{row},2,0,0" for row in range(50))]).encode())
    said = files.said()
    assert len(said) == 21
    assert said[-1] == "A.csv: and 30 more of the kind"


@pytest.mark.parametrize("name", ["A", "F", "W"])
def test_a_file_that_is_not_there_or_empty_is_told(files, name):
    files.put(name, b"")
    (said,) = files.said()
    assert said.startswith(f"{name}.csv: The file is empty.")
    (files.folder / f"{name}.csv").unlink()
    with pytest.raises(WrongUsage, match=rf"{name}\.csv is not a file"):
        files.audit()


@pytest.mark.parametrize("name", ["A", "F", "W"])
def test_bytes_that_are_no_utf8_are_told_with_their_row(files, name):
    content = (files.folder / f"{name}.csv").read_bytes()
    files.put(name, content + "\nÉ,1,1,1".encode("latin-1"))
    (said,) = files.said()
    assert said.startswith(f"{name}.csv, row {len(content.splitlines()) + 1}: From this row on the bytes are not UTF-8")


@pytest.mark.parametrize("name", ["A", "F", "W"])
def test_a_byte_order_mark_and_windows_line_ends_change_nothing(files, name):
    before = {path.name: path.read_bytes() for path in files.audit().iterdir()}
    content = (files.folder / f"{name}.csv").read_bytes()
    files.put(name, codecs.BOM_UTF8 + content.replace(b"\n", b"\r\n") + b"\r\n\r\n")
    assert {path.name: path.read_bytes() for path in files.audit().iterdir()} == before


def test_a_workbook_is_told_to_be_one(files):
    files.put("A", b"PK\x03\x04" + bytes(100))
    (said,) = files.said()
    assert "an Excel workbook" in said


@pytest.mark.parametrize(
    "options",
    [
        {"replications": 0},
        {"replications": -5},
        {"replications": 10**12},
        {"seed": -1},
        {"spread": 1.0},
        {"spread": -0.1},
    ],
    ids=str,
)
def test_choices_that_cannot_be_are_wrong_usage(options):
    with pytest.raises(WrongUsage, match=f"--{next(iter(options))}"):
        Plan(**options)


def test_other_replications_than_the_weights_have_are_wrong_usage(files):
    with pytest.raises(WrongUsage, match="has 2"):
        files.audit(replications=5)


def test_a_file_in_the_place_of_the_folder_is_wrong_usage(files):
    (files.folder / "out").write_text("mine")
    with pytest.raises(WrongUsage, match="is a file"):
        files.audit()
    assert (files.folder / "out").read_text() == "mine"


def test_the_command_exits_with_1_for_bad_files_and_2_for_wrong_usage_without_a_traceback(files):
    files.put("A", "\n".join(changed(ANSWERS, row_2="X,2,0,0")).encode())
    named = ["--answers", "A.csv", "--framework", "F.csv"]
    refused = gci(files.folder, "audit", *named, "--out", "out")
    assert (refused.code, refused.out) == (1, "")
    assert refused.err == "gci: A.csv, row 2, column a: 2 does not lie from 0 to 1\n"
    for options in (
        named,
        ["--answers", "B.csv", "--framework", "F.csv", "--out", "out"],
        [*named, "--out", "out", "--replications", "-1"],
        ["--edition", "2024"],
    ):
        wrong = gci(files.folder, "audit", *options)
        assert wrong.code == 2
        assert wrong.err.startswith("gci: ")
        assert "Traceback" not in wrong.err
