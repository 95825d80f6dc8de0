"""stdout belongs to the command that calls: DuckDB draws no bar there, however long a statement takes."""

from __future__ import annotations

import re
import subprocess
import sys

import yaml

from gci.core.paths import DBT_PROJECT, INCLUDE

SAYS = """
import duckdb
from gci.core.database.connection import connect
for opened in (duckdb.connect(), connect()):
    print(opened.execute("select current_setting('enable_progress_bar')").fetchone()[0])
"""


def test_no_bar_is_drawn_where_duckdb_by_itself_draws_one() -> None:
    said = subprocess.run([sys.executable, "-c", SAYS], capture_output=True, text=True, check=True).stdout
    assert said.split() == ["True", "False"]


def test_nothing_opens_duckdb_in_another_way() -> None:
    calling = re.compile(r"\bduckdb\.connect\(")
    opened = [path.name for path in INCLUDE.rglob("*.py") if calling.search(path.read_text(encoding="utf-8"))]
    assert opened == ["connection.py"]
    outputs = yaml.safe_load((DBT_PROJECT / "profiles.yml").read_text(encoding="utf-8"))["gci"]["outputs"]
    assert {name: one["settings"]["enable_progress_bar"] for name, one in outputs.items()} == dict.fromkeys(
        outputs, False
    )
