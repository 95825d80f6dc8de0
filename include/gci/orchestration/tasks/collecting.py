"""The tasks that both collecting DAGs are made of: inbox → landing, and the refused to quarantine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from airflow.sdk import Asset, task, task_group

from gci.core.records import Kind
from gci.orchestration.tasks.retries import BRIEF, ONCE_MORE, PASSING


# Also when everything was refused, and when a batch failed for good: whoever looks sees how the round stands now.
@task(trigger_rule="all_done_min_one_success", **ONCE_MORE)
def survey_status(collected: list[dict[str, Any]]) -> dict[str, str]:
    """Bring the state of the survey round up to date; skipped when no round is on, red when dbt failed."""
    from gci.orchestration.tasks.survey import survey_status

    return survey_status(collected)


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

    # Listing and moving files may meet a busy disk or share: there a second try helps.
    @task(trigger_rule="all_success" if after is None else "all_done", **PASSING)
    def inbox() -> list[dict[str, Any]]:
        from gci.orchestration.tasks.collect import waiting_batches

        return waiting_batches(kinds)

    @task_group
    def landing(batches: Any) -> Any:
        @task(map_index_template="{{ task.op_kwargs['batch']['label'] }}", **PASSING)
        def collect_batch(batch: dict[str, Any]) -> dict[str, Any]:
            from gci.orchestration.tasks.collect import collect_batch

            return collect_batch(batch)

        # Runs although a batch failed for good: the files of the others have landed and can be built from.
        @task(outlets=[asset], trigger_rule="all_done_min_one_success", **BRIEF)
        def landed(collected: list[dict[str, Any]], outlet_events: Any = None) -> dict[str, int]:
            from gci.orchestration.tasks.collect import landed

            accepted = landed(collected)
            outlet_events[asset].extra = {"accepted": accepted}
            return accepted

        collected: Any = collect_batch.expand(batch=batches)
        landed(collected)
        return collected

    @task_group
    def quarantine(collected: Any) -> None:
        @task(trigger_rule="all_done_min_one_success", **BRIEF)
        def refused_files(collected: list[dict[str, Any]]) -> list[dict[str, Any]]:
            from gci.orchestration.tasks.collect import refused_files

            return refused_files(collected)

        @task(map_index_template="{{ task.op_kwargs['refusal']['label'] }}", **BRIEF)
        def refused(refusal: dict[str, Any]) -> None:
            from gci.orchestration.tasks.collect import report_refused

            report_refused(refusal)

        refused.expand(refusal=refused_files(collected))

    waiting: Any = inbox()
    if after is not None:
        after >> waiting
    collected: Any = landing(waiting)
    quarantine(collected)
    if "survey" in kinds:
        survey_status(collected)
