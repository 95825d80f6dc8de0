"""The gates on an edition that asks questions, of which nothing has been published: reviews, desk research, silence,
and what comes late, is withdrawn, or is of a state that joins or leaves."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import duckdb
import pytest

from gci.audit.stage import write_audit
from gci.build.dbt_job import Job
from gci.build.dbt_run import build_file
from gci.core.database.warehouse_file import write
from gci.core.paths import DBT_PROJECT, DataFolders
from gci.core.records import Candidate, GateReport
from gci.gates.inputs import Inputs
from gci.gates.report import as_text
from gci.gates.run import run_gates
from landed import land_return, land_review

PILLARS = {
    "legal": "ls1",
    "technical": "ts1",
    "organizational": "os1",
    "capacity_development": "cds1",
    "cooperation": "cs1",
}
HEADER = (DBT_PROJECT / "seeds" / "frameworks" / "seed_framework_2024.csv").read_text().splitlines()[0].split(",")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dbt project with an edition 2028: five pillars of one indicator of two questions, a few member states."""
    copy = Path(shutil.copytree(DBT_PROJECT, tmp_path_factory.mktemp("project") / "dbt_project"))
    rows = []
    for pillar, code in PILLARS.items():
        rows += [
            ["2028", pillar, "", "pillar", pillar, pillar, pillar, "20", "1", ""],
            ["2028", code, pillar, "indicator", pillar, f"about_{code}", code, "20", "1", ""],
            ["2028", f"{code}.1", code, "question", pillar, f"{code}_1", "first", "1", "3", "true"],
            ["2028", f"{code}.2", code, "question", pillar, f"{code}_2", "second", "2", "3", "false"],
        ]
    seeds = copy / "seeds"
    added = {
        "seed_editions.csv": [
            ["2028", "2028", "2028-01-01", "2028-06-30", "", "open", "question", "tiers", "GCI 2028"]
        ],
        "seed_tiers.csv": [["2028", "1", "T1", "Role-modelling", "95"], ["2028", "2", "T2", "All others", "0"]],
        "states/seed_membership.csv": [["2028", iso3] for iso3 in ("EST", "FIN", "ISL", "LVA", "NOR", "POL", "SWE")],
        "seed_round_events.csv": [
            ["2028", "NOR", "withdrawn", "2028-02-01", "the return was not cleared", "index team"],
            ["2028", "SWE", "left", "2028-02-01", "takes no part in this round", "index team"],
            ["2028", "DNK", "joined", "2028-01-02", "takes part after all", "index team"],
            ["2028", "FIN", "extended", "2028-07-31", "asked for another month", "index team"],
        ],
        "published/seed_respondents.csv": [["2028", "ISL", "no_data", "nobody answered"]],
        "states/seed_group_exceptions.csv": [
            [iso3, "income", "any", "2028-01-01", "", "not_known", "invented"]
            for iso3 in ("DNK", "EST", "FIN", "ISL", "LVA", "NOR", "POL", "SWE")
        ],
        "frameworks/seed_framework_2028.csv": [HEADER, *rows],
    }
    for name, lines in added.items():
        with (seeds / name).open("a", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(lines)
    described = (seeds / "frameworks" / "seed_framework_2024.yml").read_text(encoding="utf-8")
    (seeds / "frameworks" / "seed_framework_2028.yml").write_text(described.replace("2024", "2028"), encoding="utf-8")
    return copy


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Inputs:
    """Estonia answers twice, Finland and Latvia are researched, Latvia's answers are reviewed; Iceland says nothing.

    Estonia's newer answers were given under another version of the form. Norway withdraws, Poland is late, Sweden
    leaves, Denmark joins, and adds one answer to its return. One verdict on Estonia is older than its answer.
    """
    folders = DataFolders(tmp_path_factory.mktemp("data"))
    everything = {f"{code}.{number}": "yes" for code in PILLARS.values() for number in (1, 2)}
    later = "2028-01-07 06:00:00"
    digests = [
        ("survey", land_return(folders, "2028", "EST", everything)),
        (
            "survey",
            land_return(
                folders,
                "2028",
                "EST",
                everything | {"ts1.1": "partial", "cs1.2": ""},
                "state",
                later,
                "2028-2",
                "1 Legal",
            ),
        ),
        ("survey", land_return(folders, "2028", "EST", {"cs1.2": "no", "ls1.1": "no"}, "desk", later)),
        ("survey", land_return(folders, "2028", "FIN", {"ls1.1": "yes", "ls1.2": "no"}, "desk")),
        ("survey", land_return(folders, "2028", "LVA", {"ts1.1": "partial", "ts1.2": "yes"}, "desk")),
        ("survey", land_return(folders, "2028", "NOR", everything)),
        ("survey", land_return(folders, "2028", "SWE", everything)),
        ("survey", land_return(folders, "2028", "DNK", everything)),
        (
            "survey",
            land_return(folders, "2028", "DNK", {"ls1.2": "no", "os1.1": ""}, received_at=later, addition=True),
        ),
        ("survey", land_return(folders, "2028", "POL", everything, "state", "2028-07-01 00:00:00")),
        (
            "reviews",
            land_review(folders, "2028", [("LVA", "ts1.1", "accepted", None), ("LVA", "ts1.2", "accepted", None)]),
        ),
        (
            "reviews",
            land_review(
                folders,
                "2028",
                [
                    ("EST", "cds1.2", "evidence_missing", None),
                    ("EST", "os1.2", "changed", "no"),
                    ("EST", "os1.1", "accepted", None),
                    ("FIN", "cs1.1", "changed", "yes"),
                    ("ISL", "cs1.1", "accepted", None),
                    ("EST", "ts1.1", "changed", "no"),
                    ("NOR", "ts1.1", "changed", "no"),
                    ("SWE", "ts1.1", "changed", "no"),
                    ("DNK", "ls1.2", "accepted", None),
                    ("DNK", "ts1.1", "accepted", None),
                ],
                "2028-01-08",
            ),
        ),
    ]
    named = tuple(("2028", kind, digest) for kind, digest in digests)
    audits = (("2028", 1, folders.root / "audit"),)
    return Inputs(folders.landing, "2028", 1, (("2028", 1),), named, are_known=True, audits=audits)


@pytest.fixture(scope="module")
def built(project: Path, inputs: Inputs, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("candidate")
    named = [{"edition": edition, "kind": kind, "digest": digest} for edition, kind, digest in inputs.digests]
    documents = {"manifest": {"inputs": named, "editions": [{"edition": "2028", "vintage": 1}]}}
    for name in ("manifest", "releases", "gate_results", "group_members", "figures_before", "revisions"):
        (folder / f"{name}.json").write_text(json.dumps(documents.get(name, [])), encoding="utf-8")
    job = Job(folder, folder, inputs.landing, project=project)
    build_file(job)
    write(job.file, folder / "candidate.duckdb")
    ((*_, audit),) = inputs.audits
    shutil.copytree(write_audit(Candidate("2028", 1, folder, "")), audit)
    return folder / "candidate.duckdb"


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
    with duckdb.connect(str(built.parent / "dbt" / "candidate.duckdb"), read_only=True) as connection:
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
