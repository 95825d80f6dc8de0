"""The gates on an edition that asks questions, of which nothing has been published (question_edition.py)."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from gci.core.records import GateReport
from gci.gates.inputs import Inputs
from gci.gates.report import as_text
from gci.gates.run import run_gates
from question_edition import question_edition


@pytest.fixture
def project() -> Path:
    return question_edition().project


@pytest.fixture
def inputs() -> Inputs:
    return question_edition().inputs


@pytest.fixture
def built() -> Path:
    return question_edition().database


def _held(file: Path, inputs: Inputs, project: Path) -> list[GateReport]:
    return run_gates(("built", "release"), file, None, inputs, seeds=project / "seeds")


def test_an_edition_of_questions_passes(built: Path, inputs: Inputs, project: Path) -> None:
    for report in _held(built, inputs, project):
        assert report.passed, as_text(report)


def test_the_edition_has_every_kind_of_answer(built: Path) -> None:
    with duckdb.connect(str(built), read_only=True) as connection:
        reasons = connection.execute("select distinct reason from answers order by reason").fetchall()
        status = connection.execute(
            "select iso3, respondent_status || ' ' || obs_status from overall_scores order by iso3"
        ).fetchall()
    assert [reason for (reason,) in reasons] == [
        "desk",
        "none",
        "returned",
        "reviewed_accepted",
        "reviewed_changed",
        "reviewed_evidence_missing",
    ]
    assert dict(status) == {
        "DNK": "responded A",
        "EST": "responded A",
        "FIN": "desk_not_validated V",
        "ISL": "no_data O",
        "LVA": "desk_validated A",
        "NOR": "no_data Q",
        "POL": "no_data L",
    }


def test_every_return_says_what_it_counts_for(built: Path) -> None:
    with duckdb.connect(str(built), read_only=True) as connection:
        rows = connection.execute(
            "select iso3, collector, list(standing order by received_at) from returns_received"
            " group by all order by all"
        ).fetchall()
    assert rows == [
        ("DNK", "state", ["counted", "counted"]),
        ("EST", "desk", ["counted"]),
        ("EST", "state", ["superseded", "counted"]),
        ("FIN", "desk", ["counted"]),
        ("LVA", "desk", ["counted"]),
        ("NOR", "state", ["withdrawn"]),
        ("POL", "state", ["late"]),
        ("SWE", "state", ["left"]),
    ]


def test_an_addition_answers_what_was_asked_and_leaves_the_return_before_it_standing(built: Path) -> None:
    with duckdb.connect(str(built), read_only=True) as connection:
        rows = connection.execute(
            "select item, answer, reason, addition from answers"
            " inner join returns_received using (edition, iso3, return_digest)"
            " where iso3 = 'DNK' and item in ('ls1.1', 'ls1.2', 'os1.1', 'ts1.1') order by item"
        ).fetchall()
    assert rows == [
        ("ls1.1", 1, "returned", False),
        ("ls1.2", 0, "returned", True),  # the verdict was on the answer before
        ("os1.1", 1, "returned", False),  # the addition has the question without an answer
        ("ts1.1", 1, "reviewed_accepted", False),
    ]


def test_every_answer_keeps_the_version_of_the_form_and_the_sheet_that_it_was_given_in(built: Path) -> None:
    with duckdb.connect(str(built), read_only=True) as connection:
        rows = connection.execute(
            "select item, reason, form_version, sheet from answers"
            " where iso3 = 'EST' and item in ('ls1.1', 'os1.2', 'cs1.2')"
            " union all select item, reason, form_version, sheet from answers where iso3 = 'FIN' and item = 'cs1.1'"
            " order by all"
        ).fetchall()
    assert rows == [
        ("cs1.1", "reviewed_changed", None, None),  # nobody had sent one
        ("cs1.2", "desk", None, None),
        ("ls1.1", "returned", "2028-2", "1 Legal"),
        ("os1.2", "reviewed_changed", "2028-2", None),  # it stands in the review
    ]


def test_a_verdict_on_an_answer_that_has_changed_since_waits_for_a_person(built: Path) -> None:
    with duckdb.connect(str(question_edition().layers), read_only=True) as connection:
        answer = connection.execute(
            "select answer, reason, review_digest from answers where iso3 = 'EST' and item = 'ts1.1'"
        ).fetchone()
        rows = connection.execute(
            "select iso3, item, standing from intermediate.int_verdicts_standing"
            " where standing != 'counted' order by all"
        ).fetchall()
    assert answer == (0.5, "returned", None)
    assert rows == [
        ("DNK", "ls1.2", "stale"),
        ("EST", "ts1.1", "stale"),
        ("ISL", "cs1.1", "no_answer"),
        ("NOR", "ts1.1", "stale"),
        ("SWE", "ts1.1", "left"),
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sql", "check"),
    [
        ("update answers set points = 0 where points is null and iso3 = 'FIN'", "points_are_weight_times_answer"),
        ("update pillar_scores set score = 0 where score is null", "pillar_scores_follow_from_answers"),
        ("update overall_scores set tier = 1 where iso3 = 'EST'", "ranks_and_tiers_follow_from_scores"),
        (
            "update overall_scores set respondent_status = 'responded' where iso3 = 'LVA'",
            "respondents_follow_from_what_landed",
        ),
        (
            "update answers set source = 'returned', reason = 'returned' where source = 'desk'",
            "answers_count_by_precedence",
        ),
        (
            "update answers set review_reason = 'none' where iso3 = 'LVA' and review_digest is not null",
            "answers_are_what_was_sent",
        ),
        (
            "update answers set answer = 0, source = 'reviewed', reason = 'reviewed_changed', review_digest = "
            "(select any_value(a.review_digest) from answers as a where a.iso3 = 'EST' and a.item = 'os1.2') "
            "where iso3 = 'EST' and item = 'ts1.1'",
            "answers_count_by_precedence",
        ),
        ("update returns_received set standing = 'counted' where iso3 = 'POL'", "returns_count_by_the_calendar"),
        ("update returns_received set standing = 'counted' where iso3 = 'NOR'", "returns_count_by_the_calendar"),
        ("update returns_received set standing = 'superseded' where iso3 = 'SWE'", "returns_count_by_the_calendar"),
        ("update returns_received set addition = false where addition", "returns_count_by_the_calendar"),
        (
            "update returns_received set standing = 'superseded' where iso3 = 'DNK' and not addition",
            "returns_count_by_the_calendar",
        ),
        (
            "update answers set return_digest = (select any_value(a.return_digest) from answers as a "
            "where a.iso3 = 'DNK' and a.item = 'ls1.1') where iso3 = 'DNK' and item = 'ls1.2'",
            "answers_count_by_precedence",
        ),
        ("update returns_received set last_day = null where iso3 = 'FIN'", "returns_count_by_the_calendar"),
        (
            "update overall_scores set obs_status = 'O' where iso3 = 'NOR'",
            "respondents_follow_from_what_landed",
        ),
        ("update answers set form_version = '2028-1' where form_version = '2028-2'", "answers_are_what_was_sent"),
        ("update answers set sheet = '2 Technical' where sheet is not null", "answers_are_what_was_sent"),
        ("update answers set sheet = '1 Legal' where source = 'none'", "answers_say_why_they_count"),
        ("update answers set form_version = '2028-1' where source = 'none'", "answers_say_why_they_count"),
        ("delete from overall_scores where iso3 = 'DNK'", "rows_are_complete"),
        ("delete from returns_received where iso3 = 'SWE'", "every_return_is_listed"),
        ("delete from evidence_worklist where iso3 = 'FIN'", "evidence_worklist_follows_from_answers"),
    ],
)
def test_what_is_spoilt_is_stopped(
    built: Path, inputs: Inputs, project: Path, tmp_path: Path, sql: str, check: str
) -> None:
    file = tmp_path / "spoilt.duckdb"
    shutil.copyfile(built, file)
    with duckdb.connect(str(file)) as connection:
        connection.execute(sql)
    broken = {one.check for report in _held(file, inputs, project) for one in report.checks if not one.passed}
    assert check in broken
