"""The tasks that fetch what partners offer on the network into the inbox."""

from __future__ import annotations

from typing import Any

from airflow.sdk import task_group

from gci.orchestration.tasks import fetch


@task_group
def network() -> Any:
    """One task per partner with an address, under its name. A partner that is down is red and stops nobody."""
    partners: Any = fetch.partners_to_fetch()
    return fetch.fetch_source.expand(partner=partners)
