"""The life of a case, from what came in on which day."""

from __future__ import annotations

from typing import Any

from gci.casework.cases import case_events, cases
from gci.casework.reading import rows_of
from gci.casework.refresh import refresh
from gci.core.paths import DataFolders
from gci.reference.seeds import members
from gci.storage.landing import receipts
from round_of_2026 import HOSTILE, day, digest_of

# By hand, from the days told in round_of_2026.py. Germany answered 0 everywhere in 2024 and yes everywhere now.
INDICATORS = [f"ls{n}" for n in (1, 2)] + [f"ts{n}" for n in (1, 2, 3)] + [f"os{n}" for n in (1, 2, 3, 4)]
INDICATORS += [f"cds{n}" for n in range(1, 7)] + [f"cs{n}" for n in range(1, 6)]
EXPECTED = {
    ("AUT", "partner_contradiction", "strategy_said_ncsi_low"): "open",
    **{("DEU", "big_change", indicator): "open" for indicator in INDICATORS},
    ("CHE", "draft", "draft"): "asked",
    ("ESP", "draft", "draft"): "closed",
    ("ESP", "draft_comment", "…"): "open",
    ("EST", "draft", "draft"): "closed",
    ("EST", "missing_answers", "legal"): "open",
    ("FIN", "evidence_duplicate", "ts1.2"): "closed",
    ("FIN", "evidence_missing", "ls1.1"): "answered",
    ("ISL", "answer_in_two_ways", "ts1.1"): "open",
    ("ISL", "refused_file", "return"): "open",
    ("ITA", "draft", "draft"): "closed",
    ("LTU", "evidence_duplicate", "ts1.2"): "closed",
    ("LTU", "evidence_malformed", "ts1.1"): "closed",
    ("LVA", "refused_file", "return"): "asked",
    ("NOR", "stale_review", "ls1.1"): "open",
    ("POL", "answers_contradict", "os1.1"): "open",
    ("POL", "refused_file", "return"): "closed",
    ("PRT", "draft", "draft"): "closed",
    ("PRT", "draft_comment", "…"): "closed",
    ("SMR", "draft", "draft"): "open",
    ("SWE", "two_focal_points", "return"): "open",
}


def by_name(folders: DataFolders) -> dict[str, dict[str, Any]]:
    return {case["case_id"]: case for case in cases("2026", None, folders)}


def life(folders: DataFolders, case_id: str) -> list[tuple[str, str]]:
    return [(one["happened_at"][5:10], one["event"]) for one in case_events("2026", folders)[case_id]]


def test_every_point_is_a_case_and_nothing_else_is(april: DataFolders) -> None:
    of_states = [case for case in cases("2026", None, april) if case["iso3"]]
    subjects = [
        (case["iso3"], case["kind"], "…" if case["kind"] == "draft_comment" else case["subject"]) for case in of_states
    ]
    assert dict(zip(subjects, (case["state"] for case in of_states), strict=True)) == EXPECTED
    (nobody,) = [case for case in cases("2026", None, april) if not case["iso3"]]
    assert (nobody["kind"], nobody["said"], nobody["owner"]) == ("refused_file", "hello.csv", "data_engineer")


def test_a_case_is_opened_closed_and_opened_again_under_one_name(april: DataFolders) -> None:
    name = "2026-EST-missing_answers-legal"
    assert life(april, name) == [("04-01", "opened"), ("04-03", "closed"), ("04-05", "reopened")]
    case, sent = by_name(april)[name], receipts(april)
    assert (case["opened_on"], case["reopened"], case["items"]) == ("2026-04-05", 1, "ls1.1")
    assert [one["digest"] for one in case_events("2026", april)[name]] == [
        digest_of(sent, file) for file in ("est.csv", "est_2.csv", "est_3.csv")
    ]


def test_a_letter_makes_it_asked_and_what_comes_next_makes_it_answered(april: DataFolders) -> None:
    name = "2026-FIN-evidence_missing-ls1.1"
    assert life(april, name) == [("04-01", "opened"), ("04-02", "asked"), ("04-06", "answered")]
    case = by_name(april)[name]
    assert (case["asked_on"], case["answered_on"], case["owner"]) == ("2026-04-02", "2026-04-06", "reviewer")


def test_a_newer_return_or_a_review_closes_and_is_named(april: DataFolders) -> None:
    found, sent = by_name(april), receipts(april)
    for name, closed_on, by in (
        ("2026-POL-refused_file-return", "2026-04-04", "pol_2.csv"),
        ("2026-LTU-evidence_malformed-ts1.1", "2026-04-08", "review_2.csv"),
        # Not Lithuania sent anything new, but Finland, which gave the same link.
        ("2026-LTU-evidence_duplicate-ts1.2", "2026-04-06", "fin_2.csv"),
    ):
        assert (found[name]["closed_on"], found[name]["closed_by"]) == (closed_on, digest_of(sent, by))


def test_what_depends_on_a_strategy_that_is_not_there_is_one_case(april: DataFolders) -> None:
    case = by_name(april)["2026-POL-answers_contradict-os1.1"]
    assert (case["items"], case["held_against"]) == ("os1.1 os1.2 os1.3 os1.4 os1.6 os1.7 os1.8", "os1.1")
    assert (case["owner"], case["opened_on"]) == ("focal_point", "2026-04-04")


def test_a_draft_waits_for_its_state_until_that_answers_or_its_days_are_over(april: DataFolders) -> None:
    drafts = {case["iso3"]: case for case in cases("2026", None, april) if case["kind"] == "draft"}
    told = {iso3: (case["said"], case["asked_on"], case["closed_on"]) for iso3, case in drafts.items()}
    assert told == {
        "CHE": ("waiting", "2026-04-09", None),  # its days were over before it went out: no silence
        "ESP": ("comment", "2026-04-04", "2026-04-06"),
        "EST": ("return", "2026-04-04", "2026-04-05"),
        "ITA": ("silence", "2026-04-04", "2026-04-09"),
        "PRT": ("comment", "2026-04-04", "2026-04-05"),
        "SMR": ("made", None, None),
    }
    assert drafts["EST"]["closed_by"] == digest_of(receipts(april), "est_3.csv")
    assert drafts["ITA"]["closed_by"] is None
    assert (drafts["SMR"]["owner"], drafts["CHE"]["owner"]) == ("reviewer", "focal_point")
    assert life(april, "2026-EST-draft-draft") == [("04-03", "opened"), ("04-04", "asked"), ("04-05", "closed")]


def test_a_comment_on_a_draft_is_a_case_until_somebody_answers_it(april: DataFolders) -> None:
    found = {case["iso3"]: case for case in cases("2026", None, april) if case["kind"] == "draft_comment"}
    assert (found["ESP"]["said"], found["ESP"]["owner"], found["ESP"]["state"]) == (HOSTILE, "reviewer", "open")
    assert (found["PRT"]["opened_on"], found["PRT"]["closed_on"]) == ("2026-04-05", "2026-04-07")


def test_order_of_arrival_within_a_run_is_of_no_consequence(april: DataFolders, over: DataFolders) -> None:
    silent = {f"2026-{row['iso3']}-no_return-return" for row in rows_of("survey_status", "2026", "iso3", over)}
    later = {name: case for name, case in by_name(over).items() if name not in silent}
    assert later == by_name(april)
    for name in later:
        assert life(april, name) == life(over, name)


def test_who_is_silent_after_the_last_day_is_a_case_unless_it_was_given_more_time(over: DataFolders) -> None:
    silent = {case["iso3"]: case for case in cases("2026", None, over) if case["kind"] == "no_return"}
    # Eight states have a return that counts; Tuvalu was given until July of the next year.
    assert len(silent) == len(members("2026")) - 8 - 1
    assert {"LVA", "ISL", "FRA"} <= set(silent)
    assert not {"TUV", "EST", "SWE"} & set(silent)
    assert (silent["FRA"]["opened_on"], silent["FRA"]["held_against"]) == ("2027-07-01", "2027-06-30")


def test_nothing_is_made_again_while_nothing_is_new(april: DataFolders) -> None:
    before = april.survey.read_bytes()
    with day(4, 10):
        assert not refresh(april)
    assert april.survey.read_bytes() == before


def test_tables_have_comments_and_keys(april: DataFolders) -> None:
    import duckdb

    with duckdb.connect(str(april.survey), read_only=True) as connection:
        tables = connection.execute("select table_name, comment, has_primary_key from duckdb_tables()").fetchall()
        bare = connection.execute(
            "select column_name from duckdb_columns() where comment is null and not internal"
        ).fetchall()
    assert {name for name, _, _ in tables} >= {"survey_status", "cases", "case_events", "evidence_worklist"}
    assert all(comment.startswith("One row per ") and key for _, comment, key in tables)
    assert bare == []
