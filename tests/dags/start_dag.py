"""Starts DAGs by hand, as one does in the UI, and prints how their tasks came out as JSON.

Called with a data folder and a list of DAGs with their params as JSON, in a process of its own. In place of a DAG,
"resume" goes on with runs in which a person has answered, as `gci run` does before all else.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from gci.core.paths import DataFolders
from gci.orchestration.runs.logs import RunLogs
from gci.orchestration.settings import configure_environment


def main() -> None:
    """Run the DAGs one after the other."""
    folders = DataFolders(Path(sys.argv[1]))
    configure_environment(folders)
    logs = RunLogs(folders)
    with logs.quiet():
        import airflow.settings  # noqa: F401  (sets logging up, which `take_over` then turns)

        logs.take_over()
        from gci.orchestration.runs.dag_runs import DagRuns
        from gci.orchestration.runs.metadata import prepare
        from gci.orchestration.runs.recovery import resume

        prepare(folders)
        runs = DagRuns(logs)
        ends = []
        for dag_id, params in json.loads(sys.argv[2]):
            ends += resume(runs) if dag_id == "resume" else [runs.start(dag_id, params)]
    sys.stdout.write(json.dumps([{task.task_id: task.state for task in end.tasks} for end in ends]))


if __name__ == "__main__":
    main()
