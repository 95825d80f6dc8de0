"""The models of a built candidate once more, as bare SQL in DuckDB: no dbt, no Airflow, no gates.

    python tests/bench/bare_sql.py CANDIDATE_FOLDER

What dbt compiled is run in dbt's own order into a new file of the same name. The yardstick of `make bench`.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb

from gci.core.paths import REPLAY, data_folders


def main(candidate: Path) -> None:
    """Run the seeds and models of the candidate's dbt manifest into a file that is thrown away."""
    manifest = json.loads((candidate / "dbt" / "manifest.json").read_text(encoding="utf-8"))
    results = json.loads((candidate / "dbt" / "run_results.json").read_text(encoding="utf-8"))["results"]
    nodes = [manifest["nodes"][result["unique_id"]] for result in results]
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(f"{folder}/candidate.duckdb") as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute("set enable_progress_bar = false")
        for name, place in (("landing", data_folders().landing), ("folder", candidate), ("replay", REPLAY)):
            connection.execute(f"set variable {name} = '{place}'")
        for schema in sorted({node["schema"] for node in nodes if node["resource_type"] in ("seed", "model")}):
            connection.execute(f"create schema if not exists {schema}")
        for node in _sql(nodes):
            if node["resource_type"] in ("seed", "model"):
                connection.execute(f'create table {node["schema"]}."{node["alias"]}" as {_select(node)}')


def _sql(nodes: list[dict]) -> Iterator[dict]:
    """The nodes without the audit: a model in Python, and what shows its result."""
    left_out: set[str] = set()
    for node in nodes:
        if node.get("language") == "python" or left_out & {*node.get("depends_on", {}).get("nodes", ())}:
            left_out.add(node["unique_id"])
        else:
            yield node


def _select(node: dict) -> str:
    if node["resource_type"] == "model":
        code: str = node["compiled_code"]
        return code
    file = Path(node["root_path"]) / node["original_file_path"]
    types = dict(node["config"]["column_types"])
    return f"select * from read_csv('{file}', header = true, types = {types})"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
