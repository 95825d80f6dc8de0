"""The 25 activities of the Global Cybersecurity Agenda: each is followed, or says plainly that it is not."""

from __future__ import annotations

import csv
from statistics import mean

import duckdb
import pytest
import yaml

from gci.paths import INCLUDE, SEEDS
from landed import replayed

ACTIVITIES = [
    f"{guideline}.{letter}"
    for guideline, last in zip("12345", "dddid", strict=True)
    for letter in "abcdefghi"[: "abcdefghi".index(last) + 1]
]
GROUPS = {
    ("all", "all"),
    *(("itu_region", group) for group in ("AFR", "AMS", "ARB", "ASP", "CIS", "EUR")),
    *(("development", group) for group in ("developing", "ldc", "lldc", "sids")),
    *(("income", group) for group in ("low", "lower_middle", "upper_middle", "high")),
}


def seed(name: str) -> list[dict[str, str]]:
    with (SEEDS / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_there_are_25_activities() -> None:
    assert [row["activity"] for row in seed("gca_activities")] == ACTIVITIES
    assert len(ACTIVITIES) == 25


@pytest.mark.parametrize("edition", ["2020", "2024"])
def test_none_of_the_25_is_without_an_entry_in_any_group(layers: duckdb.DuckDBPyConnection, edition: str) -> None:
    query = "select activity, grouping, member_group from gca_activity_measures where edition = ?"
    found = set(layers.execute(query, [edition]).fetchall())
    assert found == {(activity, *group) for activity in ACTIVITIES for group in GROUPS}


@pytest.mark.parametrize("edition", ["2020", "2024"])
def test_what_is_said_to_be_followed_has_a_figure_in_every_group(
    layers: duckdb.DuckDBPyConnection, edition: str
) -> None:
    query = (
        "select activity, grouping, member_group, max(value) from gca_activity_measures where edition = ? group by all"
    )
    figures = {
        (activity, grouping, group): value
        for activity, grouping, group, value in layers.execute(query, [edition]).fetchall()
    }
    for row in seed("gca_activities"):
        of_activity = [figures[row["activity"], *group] for group in GROUPS]
        if row["data_status"] == "no_data":
            assert of_activity == [None] * len(GROUPS)
        else:
            assert None not in of_activity, row["activity"]


def test_an_activity_without_data_names_the_source_that_would_give_it(layers: duckdb.DuckDBPyConnection) -> None:
    said = dict(
        layers.execute("select distinct activity, note from gca_activity_measures where value is null").fetchall()
    )
    for row in seed("gca_activities"):
        if row["data_status"] != "followed":
            assert row["source_needed"], row["activity"]
        if row["data_status"] == "no_data":
            assert said[row["activity"]].endswith(f"Needed: {row['source_needed']}")


def test_a_measure_is_what_the_returns_make_of_it(layers: duckdb.DuckDBPyConnection) -> None:
    least_developed = {
        iso3
        for (iso3,) in layers.execute(
            "select iso3 from intermediate.int_group_members where edition = '2024' and member_group = 'ldc'"
        ).fetchall()
    }
    scores = [float(answers["ts1"]) for iso3, answers in replayed("2024").items() if iso3 in least_developed]
    query = (
        "select measure, value, counted from gca_activity_measures where activity = '3.a' and edition = '2024' "
        "and member_group = 'ldc' and measure like 'national_cirt%' order by measure"
    )
    assert layers.execute(query).fetchall() == [
        ("national_cirt_mean", pytest.approx(mean(scores), abs=1e-9), 44),
        ("national_cirt_share", pytest.approx(sum(score > 0 for score in scores) / 44, abs=1e-9), 44),
    ]


def test_states_without_data_are_left_out_of_measures(layers: duckdb.DuckDBPyConnection) -> None:
    query = (
        "select edition, member_states, counted from gca_activity_measures "
        "where measure = 'overall_mean' and grouping = 'all' order by edition"
    )
    assert layers.execute(query).fetchall() == [("2020", 194, 191), ("2024", 194, 194)]


def test_measures_and_cross_checks_speak_of_what_there_is() -> None:
    concepts = {
        row["concept"]
        for path in (SEEDS / "frameworks").glob("framework_*.csv")
        for row in seed(f"frameworks/{path.stem}")
        if row["level"] == "indicator"
    }
    dimensions = {"overall", "legal", "technical", "organizational", "capacity_development", "cooperation"}
    known = {
        "concept": concepts,
        "dimension": dimensions,
        "change": dimensions,
        "status": {"responded"},
        "support": set(ACTIVITIES),
        "none": {""},
    }
    measures, checks = seed("gca_measures"), seed("cross_checks")
    for row in [*measures, *checks]:
        assert row["subject"] == "partner" or row["about"] in known[row["subject"]], row
    named = {tuple(row["about"].split("/")) for row in measures if row["subject"] == "partner"}
    named |= {(row["source"], row["series"]) for row in checks}
    for source, series in sorted(named):
        described = INCLUDE / "partners" / f"{source}.yml"
        if described.exists():
            assert series in yaml.safe_load(described.read_text(encoding="utf-8"))["series"], (source, series)


def test_developing_states_by_income_and_lists(layers: duckdb.DuckDBPyConnection) -> None:
    query = "select iso3 from intermediate.int_group_members where edition = ? and member_group = 'developing'"
    found = {edition: {iso3 for (iso3,) in layers.execute(query, [edition]).fetchall()} for edition in ("2020", "2024")}
    assert {edition: len(states) for edition, states in found.items()} == {"2020": 142, "2024": 140}
    assert {"VEN", "SGP", "NAM", "CHN"} <= found["2020"] & found["2024"]
    assert not {"EST", "KOR", "VAT"} & (found["2020"] | found["2024"])
