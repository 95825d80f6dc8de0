"""Ranks of 2020 and tiers of 2024 against the printed ones (sources: truth/README.md)."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb

TRUTH = Path(__file__).parent / "truth"


def test_tiers_of_2024_have_as_many_states_as_printed(built: duckdb.DuckDBPyConnection) -> None:
    with (TRUTH / "tier_counts_2024.csv").open(newline="") as lines:
        printed = [(int(row["tier"]), int(row["member_states"])) for row in csv.DictReader(lines)]
    assert [count for _, count in printed] == [46, 29, 49, 56, 14]
    query = "select tier, count(*) from overall_scores where edition = '2024' group by tier order by tier"
    assert built.execute(query).fetchall() == printed


def test_an_edition_has_ranks_or_tiers_and_never_both(built: duckdb.DuckDBPyConnection) -> None:
    query = "select edition, count(rank), count(tier) from overall_scores group by edition order by edition"
    assert built.execute(query).fetchall() == [("2020", 194, 0), ("2024", 0, 194)]


def test_ranks_of_2020_are_dense_and_end_at_182(built: duckdb.DuckDBPyConnection) -> None:
    ranks = built.execute("select distinct rank from overall_scores where edition = '2020' order by rank").fetchall()
    assert [rank for (rank,) in ranks] == list(range(1, 183))
    assert built.execute("select rank from overall_scores where edition = '2020' and iso3 = 'AFG'").fetchone() == (153,)


def test_ranks_of_2020_are_the_printed_ones_but_for_what_afghanistans_error_moved(
    built: duckdb.DuckDBPyConnection,
) -> None:
    """Behind Afghanistan's right place everybody printed before its wrong one is one rank lower by the method.

    The five pairs of neighbours whose printed scores stand the other way round in the database (truth/README.md)
    are left out.
    """
    with (TRUTH / "printed_ranks_2020.csv").open(newline="") as lines:
        printed = {row["iso3"]: (float(row["score"]), int(row["rank"])) for row in csv.DictReader(lines)}
    swapped = {"IND", "TUR", "VNM", "SWE", "IRN", "GEO", "KWT", "DOM", "NER", "GAB"}
    query = "select iso3, score, rank from overall_scores where edition = '2020'"
    for iso3, score, rank in built.execute(query).fetchall():
        if iso3 in swapped | {"AFG"}:
            continue
        printed_score, printed_rank = printed[iso3]
        assert abs(score - printed_score) <= 0.005 + 1e-9, iso3
        assert rank == printed_rank + (153 <= printed_rank <= 170), iso3
