"""Rules that compare a table with another of its name: the seeds', the published one."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest

from gci.core.paths import EXPECTATIONS

# As with editions of the same vintage: nothing is held to stay as it was where nothing was published.
ANYTHING = "(select count(*) from published.scores) > 0"
SEED = "iso3,score,rank,status\nAFG,12.5,2,responded\nNAM,0,3,responded\nVAT,,,no_data\n"


@pytest.fixture(autouse=True)
def comparing(suites: Any, seeds: Path) -> None:
    """The project's own rule, asked of the small table in both ways."""
    name = "rows_are_the_same.sql"
    shutil.copyfile(EXPECTATIONS / "rules" / name, suites.folder / "rules" / name)
    common = {"file": "rows_are_the_same", "each": {"scores": []}, "holds": "it is the same"}
    suites.write(
        "release",
        {
            "rules": {
                "no_score_is_50": {"table": "scores", "holds": "none is 50"},
                "equals_its_seed": common | {"compared_with": "seed_rows", "fill": {"held": "true"}},
                "stays_as_published": common | {"compared_with": "published", "fill": {"held": ANYTHING}},
            }
        },
    )
    (seeds / "scores.csv").write_text(SEED)


@pytest.fixture
def earlier(database: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "earlier.duckdb"
    shutil.copyfile(database, copy)
    return copy


@pytest.mark.parametrize(
    ("sql", "rows"),
    [
        ("update scores set score = 12.500000001 where iso3 = 'AFG'", [("AFG", "score", "12.500000001", "12.5")]),
        ("update scores set score = 0 where iso3 = 'VAT'", [("VAT", "score", "0.0", None)]),
        ("update scores set score = null where iso3 = 'NAM'", [("NAM", "score", None, "0.0")]),
        ("update scores set score = 'nan' where iso3 = 'NAM'", [("NAM", "score", "nan", "0.0")]),
        ("update scores set rank = null where iso3 = 'AFG'", [("AFG", "rank", None, "2")]),
        (
            "delete from scores where iso3 = 'AFG'",
            [
                ("AFG", "rank", "no row", "2"),
                ("AFG", "score", "no row", "12.5"),
                ("AFG", "status", "no row", "responded"),
            ],
        ),
        (
            "insert into scores values ('EST', null, null, 'no_data')",
            [("EST", "rank", None, "no row"), ("EST", "score", None, "no row"), ("EST", "status", "no_data", "no row")],
        ),
    ],
    ids=["decimal", "missing to zero", "zero to missing", "zero to no number", "rank", "row gone", "row added"],
)
def test_every_cell_that_differs_is_named(held: Any, change: Any, earlier: Path, sql: str, rows: list[Any]) -> None:
    change(sql)
    report = held("release", against=earlier)
    for check in ("scores.equals_its_seed", "scores.stays_as_published"):
        found = [
            (one.keys["iso3"], one.column, one.found, one.expected) for one in report.failures if one.check == check
        ]
        assert found == rows


def test_where_nothing_was_published_there_is_nothing_to_compare_with(held: Any, change: Any) -> None:
    change("update scores set score = 13 where iso3 = 'AFG'")
    assert {one.check for one in held("release").failures} == {"scores.equals_its_seed"}


def test_the_file_may_be_held_against_itself(held: Any, database: Path) -> None:
    assert held("release", against=database).passed


def test_a_column_that_is_new_since_then_is_not_compared(held: Any, earlier: Path) -> None:
    with duckdb.connect(str(earlier)) as connection:
        connection.execute("alter table scores drop column rank")
    assert held("release", against=earlier).passed


def test_a_table_that_is_new_since_then_is_not_compared(held: Any, earlier: Path) -> None:
    with duckdb.connect(str(earlier)) as connection:
        connection.execute("drop table scores")
    assert held("release", against=earlier).passed


def test_an_earlier_file_that_cannot_be_opened_is_a_failure(held: Any, tmp_path: Path) -> None:
    broken = tmp_path / "broken.duckdb"
    broken.write_bytes(b"nothing")
    assert {one.check for one in held("release", against=broken).failures} == {"file_can_be_opened"}
