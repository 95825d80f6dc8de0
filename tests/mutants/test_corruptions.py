"""Every corruption of the table is stopped, by the checks that it names."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from gci.core.paths import DataFolders
from gci.core.records import GateReport
from gci.gates.report import as_text
from gci.gates.run import gate_file, published_before
from gci.storage.release_log import find
from mutants.corruptions import NAMED, Corruption
from mutants.good import good
from mutants.spoil import by_comparison, spoilt, stopped_by

# What `make test` runs of the table; `make mutants` runs all of it, each in a file of its own.
TOGETHER = {
    "a pillar on a 0-1 scale, as Afghanistan's was printed",
    "DR Congo's and Congo's scores swapped",
    "a release taken off the record",
    "a column gone",
    "a tier without its probability",
}
ALONE = {"a tier less sure than it is, wherever that is told"}


@pytest.mark.parametrize(
    "corruption",
    [pytest.param(one, id=one.name, marks=() if one.name in ALONE else pytest.mark.slow) for one in NAMED],
)
def test_a_corruption_is_stopped(corruption: Corruption, tmp_path: Path) -> None:
    stopped = stopped_by(spoilt(corruption, good().published, tmp_path))
    assert set(corruption.stopped_by) <= stopped.keys()
    assert all(stopped.values()), "a failing check names the rows that break it"
    # DuckDB leaves a gap where a row was taken out, which whoever tampers can close.
    told = stopped.keys() - {"rows_stand_in_key_order"} or stopped.keys()
    assert corruption.by_comparison == all(by_comparison(check) for check in told)


def test_corruptions_of_one_file_are_all_stopped(tmp_path: Path) -> None:
    """Each is of rows of its own: one gate run, where the table of corruptions takes one for each."""
    several = [one for one in NAMED if one.name in TOGETHER]
    due = {check for one in several for check in one.stopped_by}
    stopped = stopped_by(
        spoilt(Corruption("several", ";".join(one.sql for one in several), ()), good().published, tmp_path)
    )
    assert due <= stopped.keys()
    assert all(stopped.values()), "a failing check names the rows that break it"


def test_the_names_in_the_thin_part_are_there() -> None:
    assert {one.name for one in NAMED} >= TOGETHER | ALONE


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> list[GateReport]:
    """The published file held against the gates where nothing else is at hand."""
    return gate_file(good().published, None, DataFolders(tmp_path_factory.mktemp("nothing")))


@pytest.fixture(scope="module")
def beside_an_older_one(tmp_path_factory: pytest.TempPathFactory) -> list[GateReport]:
    """The published file, with all that lies around it, beside what a version without some of the columns published."""
    older = tmp_path_factory.mktemp("older") / "gci.duckdb"
    shutil.copyfile(good().published, older)
    older.chmod(0o600)
    with duckdb.connect(str(older)) as connection:
        flagged = "select table_name from duckdb_columns() where column_name = 'synthetic' and schema_name = 'main'"
        for (table,) in connection.execute(flagged).fetchall():
            connection.execute(f"create or replace table {table} as select * exclude (synthetic) from {table}")
    return gate_file(good().published, older, good().folders)


def test_a_good_file_passes_against_itself_in_an_older_shape_and_against_nothing(
    beside_an_older_one: list[GateReport], alone: list[GateReport]
) -> None:
    for reports in (beside_an_older_one, alone):
        assert all(report.passed for report in reports), "\n".join(map(as_text, reports))


def test_a_published_file_is_held_against_the_release_before_where_nobody_names_one() -> None:
    folders = good().folders
    assert published_before(good().published, folders) == find("2020@2", folders).database
    assert published_before(find("2020@1", folders).database, folders) is None


@pytest.mark.slow
def test_a_good_candidate_passes_as_a_file() -> None:
    """In `make test` it passes as a candidate: gci.gates.run.run_gate is asked when it is made (mutants.good)."""
    reports = gate_file(good().candidate.database, None, good().folders)
    assert all(report.passed for report in reports), "\n".join(map(as_text, reports))


def test_a_gate_says_what_it_could_not_hold_a_file_against(
    beside_an_older_one: list[GateReport], alone: list[GateReport]
) -> None:
    assert {report.not_held for report in beside_an_older_one} == {()}
    (missed,) = {report.not_held for report in alone}
    assert [sentence.split(":")[0] for sentence in missed] == [
        "No statement of its tables is at hand",
        "No file published before is at hand",
        "Nothing has landed here",
        "No draws of the audit are at hand",
    ]


# What nothing else in a file tells: neither another check of it, nor, where it lies alone, a file or papers beside it.
ONLY_BY = {
    "any positive answer passed off as the thing itself": "measures_say_what_they_are",
    "ITU's count without the place where it is printed": "measures_say_what_they_are",
    "a measure that no longer says that data is missing": "measures_say_what_they_are",
    "a count of ours passed off as ITU's": "measures_follow_from_scores",
    "what only 2026 asks said to follow an activity in 2024": "gca_activity_status.follows_from_the_editions",
    "the state of an activity that is not that of the newest edition": "gca_activities.follows_from_the_editions",
    "an exception gone": "group_exceptions.equals_its_seed",
    "a figure of a published table passed off as a state's own": "answers_say_who_gave_them",
    "a figure taken over from nowhere": "answers_say_who_gave_them",
    "a derived figure passed off as answered": "answers_say_who_gave_them",
    "what is equal by construction counted as proof": "reconciliation_follows_from_answers",
    "a source that differs said not to": "differences_between_sources_are_told",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", ONLY_BY)
def test_some_of_it_one_check_alone_stops(name: str, tmp_path: Path) -> None:
    (corruption,) = (one for one in NAMED if one.name == name)
    reports = gate_file(spoilt(corruption, good().published, tmp_path), None, DataFolders(tmp_path / "nothing"))
    stopped = {check.check for report in reports for check in report.checks if not check.passed}
    assert stopped - {"rows_stand_in_key_order"} == {ONLY_BY[name]}
