"""`gci audit` on what was published: the same figures as from its own files, and nothing published is touched."""

from __future__ import annotations

import csv
from itertools import pairwise

import duckdb
import pytest

from command_line import gci
from gci.core.checksums import sha256

SAME = ("scores.csv", "ranks.csv", "intervals.csv", "coherence.csv", "weights_used.csv")


@pytest.fixture(scope="module")
def audited(published_data, tmp_path_factory):
    """What the command said of 2024, and the folder that it wrote."""
    out = tmp_path_factory.mktemp("audit")
    done = gci(published_data.root, "audit", "--edition", "2024", "--replications", "800", "--out", str(out), "--json")
    assert (done.code, done.err) == (0, "")
    return done.document, out


def rows(path):
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_scores_are_those_that_were_published(audited, published_data):
    _, out = audited
    with duckdb.connect(str(published_data.current), read_only=True) as connection:
        published = dict(connection.execute("select iso3, score from overall_scores where edition = '2024'").fetchall())
    assert {row["unit"]: float(row["nominal"]) for row in rows(out / "scores.csv")} == published


def test_files_and_edition_give_the_same_bytes(audited, published_data, tmp_path):
    _, out = audited
    named = [f"--{what}={out / name}" for what, name in (("answers", "answers.csv"), ("framework", "framework.csv"))]
    plan = ["--replications", "800", "--seed", "2024", "--out", str(tmp_path)]
    assert gci(published_data.root, "audit", *named, *plan).code == 0
    for name in SAME:
        assert (tmp_path / name).read_bytes() == (out / name).read_bytes(), name


def test_probabilities_are_shares_of_the_scores_that_were_written(audited):
    document, out = audited
    drawn = {
        row["unit"]: [float(cell) for name, cell in row.items() if name.startswith("r_")]
        for row in rows(out / "scores.csv")
    }
    assert len(document["states"]) == 194
    for state in document["states"]:
        scores = drawn[state["iso3"]]
        cuts = [float("inf"), 95, 85, 55, 20, 0]
        shares = [sum(low <= one < high for one in scores) / 800 for high, low in pairwise(cuts)]
        assert state["tier_probabilities"] == pytest.approx(shares)


def test_an_edition_with_ranks_has_no_tiers_and_what_is_published_stays_as_it_was(published_data, tmp_path):
    before = sha256(published_data.current)
    done = gci(published_data.root, "audit", "--edition", "2020", "--replications", "100", "--json")
    assert done.code == 0
    assert {state["tier"] for state in done.document["states"]} == {None}
    assert done.document["summary"]["within_1_point"] is None
    assert all(state["rank_best"] <= state["rank_worst"] for state in done.document["states"])
    told = gci(published_data.root, "audit", "--edition", "2020", "--replications", "100")
    assert "differences below" in told.out
    assert sha256(published_data.current) == before


def test_an_edition_that_is_not_published_is_wrong_usage(published_data):
    done = gci(published_data.root, "audit", "--edition", "2026")
    assert done.code == 2
    assert "2020, 2024" in done.err
