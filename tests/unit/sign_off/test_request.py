"""What a signer is shown, on the real warehouse: 2020 published, 2024 built on top."""

from __future__ import annotations

import hashlib

import pytest

from gci.core.database.query import query
from gci.publish.figures import changes, figures, movers
from gci.sign_off.markdown import text
from gci.sign_off.request import summary
from warehouse import warehouse

TIERS_2024 = {"T1": 46, "T2": 29, "T3": 49, "T4": 56, "T5": 14}


def test_the_figures_of_an_edition_with_tiers() -> None:
    came_out = figures(warehouse().both.database, "2024")
    assert (came_out["states"], came_out["tiers"], came_out["ranks"]) == (194, TIERS_2024, None)
    assert came_out["known_errors"] == []
    assert min(row["score"] for row in came_out["top"]) > max(row["score"] for row in came_out["bottom"])


def test_the_figures_of_an_edition_with_ranks() -> None:
    came_out = figures(warehouse().both.database, "2020")
    assert (came_out["states"], came_out["tiers"], came_out["ranks"]) == (194, None, 182)
    assert {(row["iso3"], row["dimension"]) for row in came_out["known_errors"]} == {
        ("AFG", "legal"),
        ("AFG", "overall"),
    }


def test_the_movers_are_the_largest_changes_first() -> None:
    moved = movers(warehouse().both.database, "2024")
    assert {row["from_edition"] for row in moved} == {"2020"}
    rises = [row["change"] for row in moved if row["change"] > 0]
    falls = [row["change"] for row in moved if row["change"] < 0]
    assert rises == sorted(rises, reverse=True)
    assert falls == sorted(falls)
    assert falls[0] == pytest.approx(-24.0, abs=0.05)  # North Macedonia, as the design names it


def test_a_first_vintage_changes_nothing_that_is_published() -> None:
    there = warehouse()
    assert changes(there.both.database, there.folders.current, "2024") == []
    assert changes(there.both.database, None, "2020") == []
    assert changes(there.both.database, there.folders.current, "2020") == []


def test_the_summary_names_the_file_and_what_came_out() -> None:
    there = warehouse()
    told = summary(there.both, there.folders)
    assert hashlib.sha256(there.both.database.read_bytes()).hexdigest() in told
    assert str(there.both.folder / "data_docs" / "index.html") in told
    for part in ("2024, vintage 1", "T1: 46", "This is the first vintage.", "North Macedonia", "-24.0"):
        assert part in told


def test_the_summary_tells_of_known_errors() -> None:
    there = warehouse()
    told = summary(there.first, there.folders)
    assert "AFG" in told
    assert "12.7143" in told


def test_the_signer_is_told_how_sure_the_tiers_are_and_what_would_move_them() -> None:
    told = summary(warehouse().both, warehouse().folders, "https://airflow.example/gci", 15)
    part = told.split("### How sure the result is")[1].split("###")[0]
    (row,) = query("from audit_summary where edition = '2024'", "the audit", database=warehouse().both.database)
    assert text(row["sentence"]) in part
    assert f"{row['tiers_always_kept']} of 194 states" in part
    assert f"/candidates/{warehouse().both.folder.name}/audit/report.html" in part
    assert part.count("\n| ") >= min(row["below_095"], 15), "a row for each state whose tier is not sure"
    assert "one indicator moves it" in part


def test_what_changes_stands_before_the_gates_and_nobody_is_picked_out_of_a_tie() -> None:
    there = warehouse()
    told = summary(there.both, there.folders)
    assert told.index("### What changes, and why") < told.index("### Gates") < told.index("### Known errors")
    (first,) = [line for line in told.splitlines() if line.startswith("| 100.00 | T1 |")]
    assert first.split(" | ")[2] == "12"  # as many as have the full score in the printed table
    assert "and 6 more" in first


def test_the_request_is_short_where_a_page_has_the_rest() -> None:
    there = warehouse()
    short, whole = (summary(there.both, there.folders, "/gci", rows) for rows in (12, 1000))
    assert short.index("[Data Docs](") < short.index("### What changes")
    assert "### Top and bottom" not in short
    assert "### Top and bottom" in whole
    assert "### Gates" not in short, "a heading that a line can say takes the buttons out of sight"
    assert str(there.both.folder) not in short, "paths of the server are on the page behind it"
    assert len(short.splitlines()) < 20
