"""An edition that is not being published stays as it was, row by row."""

from __future__ import annotations

import duckdb
import pytest

from warehouse import warehouse

OF_AN_EDITION = [
    "answers",
    "capacity_development",
    "cooperation",
    "framework",
    "group_scores",
    "indicator_scores",
    "legal_measures",
    "organizational_measures",
    "overall_scores",
    "pillar_scores",
    "published_history",
    "reconciliation",
    "technical_measures",
]


@pytest.mark.parametrize("table", OF_AN_EDITION)
def test_building_2024_leaves_2020_as_it_was(table: str) -> None:
    with duckdb.connect() as connection:
        for name, candidate in (("before", warehouse().first), ("after", warehouse().both)):
            connection.execute(f"attach '{candidate.database}' as {name} (read_only)")
        rows = "select * from {}.main.{} where edition = '2020'"
        before, after = rows.format("before", table), rows.format("after", table)
        count = f"select count(*) from ({before})"
        assert connection.execute(count).fetchone() > (0,)
        for one, other in ((before, after), (after, before)):
            assert connection.execute(f"{one} except all {other}").fetchall() == []


def test_the_file_of_the_first_release_holds_nothing_of_2024() -> None:
    with duckdb.connect(str(warehouse().first.database), read_only=True) as connection:
        assert connection.execute("select distinct edition from answers").fetchall() == [("2020",)]
        assert connection.execute("select edition, vintage from editions order by edition").fetchall() == [
            ("2020", 1),
            ("2024", None),
        ]


def test_the_earlier_release_is_listed() -> None:
    with duckdb.connect(str(warehouse().both.database), read_only=True) as connection:
        assert connection.execute("select edition, vintage, returns, signed_by from releases").fetchall() == [
            ("2020", 1, 194, "A. Signer")
        ]
        assert connection.execute("select distinct gate from gate_results order by gate").fetchall() == [
            ("built",),
            ("landed",),
            ("pages",),
            ("release",),
        ]
