"""A new edition that asks questions is two seed files and its returns: no model changes."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import duckdb
import pytest

from gci.build.dbt_job import Job
from gci.build.dbt_run import build_file
from gci.core.paths import DBT_PROJECT, DataFolders
from landed import land_return, land_review

HEADER = "edition,node,parent,level,pillar,concept,label_en,weight_numerator,weight_denominator,allows_partial"
INDICATORS = {
    "legal": "ls1",
    "technical": "ts1",
    "organizational": "os1",
    "capacity_development": "cds1",
    "cooperation": "cs1",
}


def framework() -> list[list[str]]:
    """Five pillars of one indicator each, every indicator with two questions: a third and two thirds of it."""
    rows = []
    for pillar, indicator in INDICATORS.items():
        rows += [
            ["2028", pillar, "", "pillar", pillar, pillar, pillar, "20", "1", ""],
            ["2028", indicator, pillar, "indicator", pillar, f"about_{indicator}", indicator, "20", "1", ""],
            ["2028", f"{indicator}.1", indicator, "question", pillar, f"{indicator}_1", "first", "1", "3", "true"],
            ["2028", f"{indicator}.2", indicator, "question", pillar, f"{indicator}_2", "second", "2", "3", "false"],
        ]
    return rows


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dbt project with an edition 2028 of two member states."""
    copy = Path(shutil.copytree(DBT_PROJECT, tmp_path_factory.mktemp("project") / "dbt_project"))
    seeds = copy / "seeds"
    for name, rows in (
        ("seed_editions.csv", [["2028", "2028", "", "", "", "open", "question", "tiers", "GCI 2028"]]),
        ("seed_tiers.csv", [["2028", "1", "T1", "Role-modelling", "95"], ["2028", "2", "T2", "All others", "0"]]),
        ("states/seed_membership.csv", [["2028", "EST"], ["2028", "FIN"], ["2028", "ISL"]]),
    ):
        with (seeds / name).open("a", encoding="utf-8", newline="") as lines:
            csv.writer(lines, lineterminator="\n").writerows(rows)
    with (seeds / "frameworks" / "seed_framework_2028.csv").open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines, lineterminator="\n").writerows([HEADER.split(","), *framework()])
    described = (seeds / "frameworks" / "seed_framework_2024.yml").read_text(encoding="utf-8")
    (seeds / "frameworks" / "seed_framework_2028.yml").write_text(described.replace("2024", "2028"), encoding="utf-8")
    return copy


@pytest.fixture(scope="module")
def built(project: Path, tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    """Estonia answers all, desk research finds two answers for Finland, nobody says anything of Iceland."""
    folders = DataFolders(tmp_path_factory.mktemp("data"))
    everything = {f"{indicator}.{number}": "yes" for indicator in INDICATORS.values() for number in (1, 2)}
    digests = [
        ("survey", land_return(folders, "2028", "EST", everything | {"ts1.1": "partial", "os1.2": "no", "cs1.2": ""})),
        ("survey", land_return(folders, "2028", "FIN", {"ls1.1": "yes", "ls1.2": "no"}, "desk")),
        ("reviews", land_review(folders, "2028", [("EST", "cds1.2", "evidence_missing", None)])),
    ]
    folder = folders.candidates / "2028"
    folder.mkdir(parents=True)
    inputs = [{"edition": "2028", "kind": kind, "digest": digest} for kind, digest in digests]
    manifest = {"inputs": inputs, "editions": [{"edition": "2028", "vintage": 1}]}
    for name in ("manifest", "releases", "gate_results", "group_members", "figures_before", "revisions"):
        content = manifest if name == "manifest" else []
        (folder / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    job = Job(folder, folder, folders.landing, project=project)
    build_file(job)
    return duckdb.connect(str(job.file), read_only=True)


def test_answers_are_questions_with_points(built: duckdb.DuckDBPyConnection) -> None:
    query = (
        "select item, indicator, answer, points, source from answers where iso3 = 'EST' and item in {} order by item"
    )
    assert built.execute(query.format(("ts1.1", "cds1.2", "cs1.2", "ls1.2"))).fetchall() == [
        ("cds1.2", "cds1", 0.0, 0.0, "reviewed"),
        ("cs1.2", "cs1", None, None, "none"),
        ("ls1.2", "ls1", 1.0, pytest.approx(20 * 2 / 3), "returned"),
        ("ts1.1", "ts1", 0.5, pytest.approx(20 / 3 / 2), "returned"),
    ]


def test_indicators_are_their_questions_weighted(built: duckdb.DuckDBPyConnection) -> None:
    rows = built.execute("select indicator, score from indicator_scores where iso3 = 'EST'").fetchall()
    assert dict(rows) == {
        "ls1": 1,
        "ts1": pytest.approx(0.5 / 3 + 2 / 3, abs=1e-9),
        "os1": pytest.approx(1 / 3, abs=1e-9),
        "cds1": pytest.approx(1 / 3, abs=1e-9),
        "cs1": pytest.approx(1 / 3, abs=1e-9),
    }


def test_missing_is_not_zero_up_to_the_top(built: duckdb.DuckDBPyConnection) -> None:
    query = "select iso3, score, tier, respondent_status, obs_status, answered, items from overall_scores order by iso3"
    estonia, finland, iceland = built.execute(query).fetchall()
    assert estonia == ("EST", pytest.approx(20 * (1 + 2.5 / 3 + 1), abs=1e-9), 2, "responded", "A", 9, 10)
    assert finland == ("FIN", pytest.approx(20 / 3, abs=1e-9), 2, "desk_not_validated", "V", 2, 10)
    assert iceland == ("ISL", None, None, "no_data", "O", 0, 10)
    pillars = built.execute("select pillar, score from pillar_scores where iso3 = 'FIN'").fetchall()
    assert {pillar: score for pillar, score in pillars if score is not None} == {
        "legal": pytest.approx(20 / 3, abs=1e-9)
    }


def test_there_is_nothing_to_reconcile_with_yet(built: duckdb.DuckDBPyConnection) -> None:
    assert built.execute("select count(*) from reconciliation").fetchone() == (0,)
    assert built.execute("select bool_or(bites) from corrections").fetchone() == (False,)


def test_wide_tables_have_the_edition_in_the_same_columns(built: duckdb.DuckDBPyConnection) -> None:
    row = "select ls1, ls2, round(pillar_score, 3) from legal_measures where iso3 = 'FIN'"
    assert built.execute(row).fetchone() == (pytest.approx(1 / 3, abs=1e-9), None, 6.667)
