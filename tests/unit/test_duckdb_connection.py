"""stdout belongs to the command that calls: DuckDB draws no bar there, however long a statement takes."""

from __future__ import annotations

import re

import duckdb
import yaml

from gci.duckdb_connection import connect
from gci.paths import DBT_PROJECT, INCLUDE

DRAWS = "select current_setting('enable_progress_bar')"


def test_no_bar_is_drawn_where_duckdb_by_itself_draws_one() -> None:
    with duckdb.connect() as bare, connect() as ours:
        assert bare.execute(DRAWS).fetchone() == (True,)
        assert ours.execute(DRAWS).fetchone() == (False,)


def test_nothing_opens_duckdb_in_another_way() -> None:
    calling = re.compile(r"\bduckdb\.connect\(")
    opened = [path.name for path in INCLUDE.rglob("*.py") if calling.search(path.read_text(encoding="utf-8"))]
    assert opened == ["duckdb_connection.py"]
    outputs = yaml.safe_load((DBT_PROJECT / "profiles.yml").read_text(encoding="utf-8"))["gci"]["outputs"]
    assert {name: one["settings"]["enable_progress_bar"] for name, one in outputs.items()} == dict.fromkeys(
        outputs, False
    )
