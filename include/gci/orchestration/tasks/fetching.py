"""The tasks that fetch what partners offer on the network into the inbox."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from airflow.sdk import task, task_group

from gci.orchestration.tasks.retries import BRIEF


@task_group
def network() -> Any:
    """One task per partner with an address, under its name. A partner that is down is red and stops nobody."""

    @task(retries=BRIEF["retries"], retry_delay=BRIEF["retry_delay"], execution_timeout=BRIEF["execution_timeout"])
    def partners() -> list[dict[str, Any]]:
        from gci.orchestration.tasks.fetch import partners_to_gather

        return partners_to_gather()

    # Tries and waits are those of the partner's description: no retries of Airflow's on top of them.
    @task(
        map_index_template="{{ task.op_kwargs['partner']['label'] }}",
        retries=0,
        execution_timeout=timedelta(hours=2),
    )
    def gather(partner: dict[str, Any]) -> dict[str, Any]:
        from gci.orchestration.tasks.fetch import gather_partner

        return gather_partner(partner)

    return gather.expand(partner=partners())
