"""Says what the running task read and wrote, through Airflow's OpenLineage provider; silent where that is off.

Lineage is a by-product: what goes wrong here is logged and fails nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec

from gci.core.paths import DataFolders
from gci.core.records import Candidate, Kind
from gci.orchestration.lineage.datasets import columns_facet, place, schema_facet, table

log = logging.getLogger(__name__)
_Given = ParamSpec("_Given")


def _by_the_way(tell: Callable[_Given, None]) -> Callable[_Given, None]:
    """Do nothing where OpenLineage is off; log in place of raising where it is on."""

    @wraps(tell)
    def told(*args: _Given.args, **kwargs: _Given.kwargs) -> None:
        from airflow.providers.openlineage import conf

        if conf.is_disabled():
            return
        try:
            tell(*args, **kwargs)
        except Exception as error:
            log.warning("Lineage was not told: %s: %s", type(error).__name__, error)

    return told


@_by_the_way
def collected(kind: Kind, folders: DataFolders) -> None:
    """Files of an inbox became Parquet in the landing zone."""
    from airflow.providers.openlineage.api import emit_dataset_lineage
    from openlineage.client.event_v2 import Dataset

    from gci.storage.landing import SCHEMAS

    columns = {field.name: str(field.type) for field in SCHEMAS[kind]}
    emit_dataset_lineage(
        inputs=[Dataset(*place(f"{folders.inbox}/{kind}"))],
        outputs=[Dataset(*place(f"{folders.landing}/{kind}"), facets={"schema": schema_facet(columns)})],
    )


@_by_the_way
def built(candidate: Candidate, folders: DataFolders) -> None:
    """Dbt built the models of a candidate, or failed to: one event per model, below the running task's."""
    from airflow.providers.openlineage.api import emit
    from airflow.providers.openlineage.plugins.macros import (
        lineage_job_name,
        lineage_job_namespace,
        lineage_run_id,
    )
    from airflow.sdk import get_current_context

    from gci.build.report import FAILED, KEPT
    from gci.orchestration.lineage.models import ModelEvents

    dbt = next(folder for name in (FAILED, KEPT) if (folder := candidate.folder / name).is_dir())
    this: Any = get_current_context()["ti"]
    events = ModelEvents(
        dbt,
        candidate.database,
        candidate.folder,
        folders.landing,
        lineage_job_namespace(),  # type: ignore[no-untyped-call]  # the provider has it without types
    )
    events.hang_below(lineage_run_id(this), lineage_job_name(this))
    told = events.parse().events()
    for event in told:
        emit(event)
    log.info("Lineage: %s events of dbt.", len(told))


@_by_the_way
def published(candidate: Candidate, folders: DataFolders) -> None:
    """The tables of a candidate became those of the published file, column by column."""
    from airflow.providers.openlineage.api import emit_dataset_lineage
    from openlineage.client.event_v2 import Dataset

    tables = _columns(folders.current)
    emit_dataset_lineage(
        inputs=[Dataset(*table(candidate.database, name)) for name in tables],
        outputs=[
            Dataset(
                *table(folders.current, name),
                facets={
                    "schema": schema_facet(columns),
                    "columnLineage": columns_facet(
                        {column: [(*table(candidate.database, name), column)] for column in columns}
                    ),
                },
            )
            for name, columns in tables.items()
        ],
    )


def _columns(database: Path) -> dict[str, dict[str, str]]:
    """Columns and types of each table."""
    from gci.core.database.query import query

    found: dict[str, dict[str, str]] = {}
    for row in query(
        "select table_name, column_name, data_type from duckdb_columns() where not internal"
        " and database_name = 'warehouse' order by table_name, column_index",
        "the columns of each table",
        database=database,
    ):
        found.setdefault(row["table_name"], {})[row["column_name"]] = row["data_type"]
    return found
