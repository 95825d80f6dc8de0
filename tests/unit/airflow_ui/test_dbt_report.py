"""The per-model report, from what dbt left of the build of a real warehouse."""

from __future__ import annotations

import duckdb

from gci.airflow_ui.dbt_report import report
from warehouse import warehouse


def test_the_report_counts_what_is_in_the_file() -> None:
    built = warehouse().both.folder / "dbt"
    nodes = {node.name: node for node in report(built)}
    with duckdb.connect(str(built / "candidate.duckdb"), read_only=True) as connection:
        tables = dict(connection.execute("select table_name, estimated_size from duckdb_tables()").fetchall())
        views = connection.execute("select view_name from duckdb_views() where not internal").fetchall()
    assert {"overall_scores", "pillar_scores", "answers"} <= set(nodes)
    assert {name: node.rows for name, node in nodes.items() if node.rows is not None}.items() <= tables.items()
    assert all(nodes[name].rows is None for (name,) in views if name in nodes)
    assert all(node.good for node in nodes.values())
    assert nodes["overall_scores"].tests > 0
    assert nodes["overall_scores"].layer == "marts"


def test_dbts_documentation_loads_nothing() -> None:
    page = (warehouse().both.folder / "dbt" / "docs" / "index.html").read_text(encoding="utf-8")
    assert "model.gci.overall_scores" in page
    assert "MANIFEST.JSON INLINE DATA" not in page
