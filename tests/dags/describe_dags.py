"""Parses the DAG files in this process, which must be a fresh one, and prints what came out as JSON."""

from __future__ import annotations

import json
import sys
import tempfile
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from gci.core.paths import DAGS, DataFolders
from gci.orchestration.settings import configure_environment


def _told(schedule: Any) -> str | list[str]:
    """A schedule as one would say it: its cron text, its description, or the assets that it listens to."""
    if schedule is None:
        return "by hand"
    if isinstance(schedule, str):
        return schedule
    if timed := getattr(schedule, "timetable", None):  # by assets or by time
        return [
            *sorted(asset.name for asset in schedule.asset_condition.objects),
            str(getattr(timed, "expression", None) or timed.description),
        ]
    if getattr(schedule, "description", None):
        return str(schedule.description)
    return sorted(asset.name for asset in getattr(schedule, "asset_condition", schedule).objects)


def _label(task: Any) -> str | None:
    """The template of a mapped task's label; None where it is not mapped."""
    return task.partial_kwargs.get("map_index_template", "") if task.is_mapped else None


with tempfile.TemporaryDirectory() as home, redirect_stdout(sys.stderr):
    configure_environment(DataFolders(Path(home)))
    from airflow.dag_processing.dagbag import BundleDagBag

    bag = BundleDagBag(dag_folder=DAGS, bundle_path=DAGS, bundle_name="dags-folder")
    imported = {name.partition(".")[0] for name in sys.modules}
    from airflow.serialization.serialized_objects import DagSerialization

    read_back = {name: DagSerialization.from_dict(DagSerialization.to_dict(dag)) for name, dag in bag.dags.items()}

described = {
    "errors": dict(bag.import_errors),
    "modules": sorted(imported),
    "dags": {
        dag.dag_id: {
            "doc": dag.doc_md,
            "description": dag.description,
            "params": {name: dag.params.get_param(name).schema.get("type") for name in dag.params},
            "tags": sorted(dag.tags),
            "schedule": _told(dag.schedule),
            "display_name": dag.dag_display_name,
            "days": [str(day.date()) for day in getattr(read_back[dag.dag_id].timetable, "event_dates", ())],
            "file": str(dag.fileloc),
            "tasks": {
                task.task_id: {
                    "next": sorted(task.downstream_task_ids),
                    "owner": task.owner,
                    "retries": task.retries,
                    "rule": str(getattr(task.trigger_rule, "value", task.trigger_rule)),
                    "time_limit": task.execution_timeout is not None,
                    "label": _label(task),
                    "pool": task.pool,
                    "at_once": task.max_active_tis_per_dag,
                    "outlets": sorted(outlet.name for outlet in task.outlets),
                }
                for task in dag.tasks
            },
        }
        for dag in bag.dags.values()
    },
}
sys.stdout.write(json.dumps(described))
