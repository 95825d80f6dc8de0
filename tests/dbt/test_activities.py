"""The 25 activities of the Global Cybersecurity Agenda: each is followed, or says plainly that it is not."""

from __future__ import annotations

from statistics import mean

import duckdb
import pytest
import yaml

from gci.core.paths import INCLUDE
from gci.reference.seed_files import rows_of, seed_file, seeds_of_kind
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
    return rows_of(seed_file(name))


def status_of(edition: str) -> list[dict[str, str]]:
    """What is said of each activity in an edition: the last word up to it."""
    said = [row for row in seed("gca_activity_status") if row["from_edition"] <= edition]
    return list({row["activity"]: row for row in sorted(said, key=lambda row: row["from_edition"])}.values())


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
    for row in status_of(edition):
        of_activity = [figures[row["activity"], *group] for group in GROUPS]
        if row["data_status"] == "no_data":
            assert of_activity == [None] * len(GROUPS)
        else:
            assert None not in of_activity, row["activity"]


def test_an_activity_without_data_names_the_source_that_would_give_it(layers: duckdb.DuckDBPyConnection) -> None:
    said = dict(
        layers.execute("select distinct activity, note from gca_activity_measures where value is null").fetchall()
    )
    for row in status_of("2024"):
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
        "and member_group = 'ldc' and measure like 'national_cirt%' and counted > 0 order by measure"
    )
    assert layers.execute(query).fetchall() == [
        ("national_cirt_any_positive_share", pytest.approx(sum(score > 0 for score in scores) / 44, abs=1e-9), 44),
        ("national_cirt_mean", pytest.approx(mean(scores), abs=1e-9), 44),
    ]


@pytest.mark.parametrize(
    ("edition", "any_strategy", "strategies", "any_team", "teams"),
    [("2020", 133, 107, 137, None), ("2024", 159, 132, 163, 139)],
)
def test_any_positive_answer_is_told_apart_from_what_itu_counts(
    layers: duckdb.DuckDBPyConnection,
    edition: str,
    any_strategy: int,
    strategies: int,
    any_team: int,
    teams: int | None,
) -> None:
    """ITU's counts stand in its report of 2024; ours count every state whose indicator is not zero."""
    query = (
        "select measure, value, counted, unit, source is not null from gca_activity_measures "
        "where activity = '4.c' and "
        "edition = ? and grouping = 'all' and (measure like '%any_positive%' or measure like '%printed%') order by all"
    )
    found = {measure: figures for measure, *figures in layers.execute(query, [edition]).fetchall()}
    for ours, count in (("strategy", any_strategy), ("national_cirt", any_team)):
        value, counted, unit, _ = found[f"{ours}_any_positive_share"]
        assert (round(value * counted), unit) == (count, "share")
    for theirs, count in (("strategy", strategies), ("national_cirt", teams)):
        assert found[f"{theirs}_printed_count"] == [count, 0, "states", count is not None]


def test_a_share_above_zero_is_named_for_any_positive_answer_and_a_question_asks_the_same_from_2026_on() -> None:
    rows = seed("gca_measures")
    any_positive = [row for row in rows if row["statistic"] == "share_above"]
    assert len(any_positive) == 12
    for row in any_positive:
        assert (row["subject"], row["threshold"]) == ("concept", "0")
        assert row["measure"].endswith("_any_positive_share")
        assert row["label_en"].startswith("States with any positive answer on ")
        assert row["note"].startswith("Counts every state with a score above 0 on the indicator")
        place = rows.index(row)
        assert (rows[place + 1]["activity"], rows[place + 1]["subject"]) == (row["activity"], "question"), row
    assert not [row for row in rows if row not in any_positive and "any_positive" in row["measure"]]
    asked = {row["about"] for row in rows if row["subject"] == "question"}
    codes = {row["concept"]: row["node"] for row in seed("frameworks/framework_2026") if row["level"] == "question"}
    assert (codes["strategy_adopted"], codes["national_cirt_operating"]) == ("os1.1", "ts1.1")
    assert {"strategy_adopted", "national_cirt_operating"} <= asked <= codes.keys()


def test_what_follows_an_activity_depends_on_the_edition(layers: duckdb.DuckDBPyConnection) -> None:
    query = "select edition, data_status from gca_activity_status where activity = '4.i' order by edition"
    assert layers.execute(query).fetchall() == [("2020", "no_data"), ("2024", "no_data")]
    asked = "select count(*), count(value) from gca_activity_measures where activity = '4.i' and edition = '2024'"
    assert layers.execute(asked).fetchone() == (2 * len(GROUPS), 0)


def test_states_without_data_are_left_out_of_measures(layers: duckdb.DuckDBPyConnection) -> None:
    query = (
        "select edition, member_states, counted from gca_activity_measures "
        "where measure = 'overall_mean' and grouping = 'all' order by edition"
    )
    assert layers.execute(query).fetchall() == [("2020", 194, 191), ("2024", 194, 194)]


def test_measures_and_cross_checks_speak_of_what_there_is() -> None:
    concepts = {
        row["concept"]
        for edition in seeds_of_kind("framework")
        for row in seed(f"frameworks/framework_{edition}")
        if row["level"] == "indicator"
    }
    dimensions = {"overall", "legal", "technical", "organizational", "capacity_development", "cooperation"}
    known = {
        "concept": concepts,
        "question": {
            row["concept"]
            for edition in seeds_of_kind("framework")
            for row in seed(f"frameworks/framework_{edition}")
            if row["level"] == "question"
        },
        "printed": {row["about"] for row in seed("published/printed_counts")},
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
