"""The tasks that both collecting DAGs are made of: inbox → landing, and the refused to quarantine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from airflow.sdk import Asset, task_group

from gci.core.records import Kind
from gci.orchestration.tasks import collect
from gci.orchestration.tasks.survey import survey_status


def collecting(kinds: Sequence[Kind], asset: Asset, after: Any = None) -> None:
    """Lay out the tasks inside the DAG that is being defined.

    A refused file is a red task of its own, under its name, and makes the run red: it needs a person, and a data
    engineer looks at what is red. It is the last task of its branch, so it stops nothing: `landed` hangs on the
    batches alone, and the build goes on with what was accepted. The next run is green again, since the file has left
    the inbox.

    Args:
        kinds: the inboxes to collect from.
        asset: the landing zone that is told when something was accepted.
        after: a task after whose end the inbox is looked into, however it ended.
    """

    @task_group
    def landing(batches: Any) -> Any:
        collected: Any = collect.collect_batch.expand(batch=batches)
        collect.landed.override(outlets=[asset])(collected)
        return collected

    @task_group
    def quarantine(collected: Any) -> None:
        refused: Any = collect.refused_files(collected)
        collect.report_refused.expand(refusal=refused)

    rule = "all_success" if after is None else "all_done"
    waiting: Any = collect.waiting_batches.override(trigger_rule=rule)(kinds)
    if after is not None:
        after >> waiting
    collected: Any = landing(waiting)
    quarantine(collected)
    if "survey" in kinds:
        survey_status(collected)
