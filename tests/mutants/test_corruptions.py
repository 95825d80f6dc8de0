"""Every corruption of the table is stopped, by the checks that it names."""

from __future__ import annotations

from pathlib import Path

import pytest

from gci.core.paths import DataFolders
from gci.gates.report import as_text
from gci.gates.run import gate_file
from mutants.corruptions import NAMED, Corruption
from mutants.good import good
from mutants.spoil import by_comparison, spoilt, stopped_by

# What `make test` runs of the table; `make mutants` runs all of it.
THIN = {
    "a pillar on a 0-1 scale, as Afghanistan's was printed",
    "DR Congo's and Congo's scores swapped",
    "a release taken off the record",
    "a column gone",
    "a tier without its probability",
    "a tier less sure than it is, wherever that is told",
}


@pytest.mark.parametrize(
    "corruption",
    [pytest.param(one, id=one.name, marks=() if one.name in THIN else pytest.mark.slow) for one in NAMED],
)
def test_a_corruption_is_stopped(corruption: Corruption, tmp_path: Path) -> None:
    stopped = stopped_by(spoilt(corruption, good().published, tmp_path))
    assert set(corruption.stopped_by) <= stopped.keys()
    assert all(stopped.values()), "a failing check names the rows that break it"
    assert corruption.by_comparison == all(by_comparison(check) for check in stopped)


def test_the_names_in_the_thin_part_are_there() -> None:
    assert {one.name for one in NAMED} >= THIN


def test_a_good_file_passes_against_itself_and_against_nothing(tmp_path: Path) -> None:
    nothing_published = DataFolders(tmp_path)
    for reports in (
        gate_file(good().published, good().published, good().folders),
        gate_file(good().published, None, nothing_published),
        gate_file(good().candidate.database, None, good().folders),
    ):
        assert all(report.passed for report in reports), "\n".join(map(as_text, reports))


def test_a_gate_says_what_it_could_not_hold_a_file_against(tmp_path: Path) -> None:
    by_place = {
        place: {report.not_held for report in gate_file(file, None, DataFolders(root))}
        for place, file, root in (
            ("where it was published", good().published, good().folders.root),
            ("alone", good().published, tmp_path),
        )
    }
    assert by_place["where it was published"] == {()}
    (alone,) = by_place["alone"]
    assert [sentence.split(":")[0] for sentence in alone] == [
        "No statement of its tables is at hand",
        "No file published before is at hand",
        "Nothing has landed here",
        "No draws of the audit are at hand",
    ]
