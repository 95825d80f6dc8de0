"""Parses the DAG files in this process, which must be a fresh one, and prints what came out as JSON."""

from __future__ import annotations

import json
import sys
import tempfile
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from gci.airflow_home import settle
from gci.paths import DAGS, DataFolders


def _names(schedule: Any) -> set[str]:
    """The assets that a schedule listens to."""
    return {asset.name for asset in getattr(schedule, "asset_condition", schedule).objects}


with tempfile.TemporaryDirectory() as home, redirect_stdout(sys.stderr):
    settle(DataFolders(Path(home)))
    from airflow.dag_processing.dagbag import BundleDagBag

    bag = BundleDagBag(dag_folder=DAGS, bundle_path=DAGS, bundle_name="dags-folder")
    imported = {name.partition(".")[0] for name in sys.modules}

described = {
    "errors": dict(bag.import_errors),
    "modules": sorted(imported),
    "dags": {
        dag.dag_id: {
            "doc": dag.doc_md,
            "tags": sorted(dag.tags),
            "schedule": dag.schedule if isinstance(dag.schedule, str) else sorted(_names(dag.schedule)),
            "file": str(dag.fileloc),
            "tasks": {
                task.task_id: {
                    "next": sorted(task.downstream_task_ids),
                    "owner": task.owner,
                    "retries": task.retries,
                    "pool": task.pool,
                    "outlets": sorted(outlet.name for outlet in task.outlets),
                }
                for task in dag.tasks
            },
        }
        for dag in bag.dags.values()
    },
}
sys.stdout.write(json.dumps(described))
