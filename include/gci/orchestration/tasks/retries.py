"""How often a task is tried, and how long it may take, by what another try is for.

A verdict is final whatever stands here: a gate that fails, a file that is refused and a wrong edition end their task
with AirflowFailException, which Airflow never tries again (gci.orchestration.tasks.error_mapping).
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

LOST_WHILE_READING: dict[str, Any] = {
    "retries": 1,
    "retry_delay": timedelta(seconds=10),
    "execution_timeout": timedelta(minutes=10),
}
"""For a task that only reads or reports: done again it comes out the same way, and its worker may be lost."""

LOST_AT_WORK: dict[str, Any] = {
    "retries": 1,
    "retry_delay": timedelta(seconds=10),
    "execution_timeout": timedelta(hours=1),
}
"""For the work of one worker, which may be lost with its machine, or find a full disk."""

BUSY_PLACE: dict[str, Any] = {
    "retries": 3,
    "retry_delay": timedelta(seconds=10),
    "retry_exponential_backoff": 2.0,
    "max_retry_delay": timedelta(minutes=5),
    "execution_timeout": timedelta(hours=1),
}
"""For a task that meets others: a busy disk or share, another publication under way. Each wait is longer."""

LATE_REPORT: dict[str, Any] = {"retries": 3, "retry_delay": timedelta(seconds=5)}
"""For the request to a person: a late report of the executor may fail a try whose answer is recorded, and the next one
takes that up. It waits as long as its run says."""

PARTNERS_OWN: dict[str, Any] = {"retries": 0, "execution_timeout": timedelta(hours=2)}
"""For a fetch: tries and waits are those of the partner's description, and none of Airflow's come on top."""

NEXT_RUN: dict[str, Any] = {"retries": 0, "execution_timeout": timedelta(minutes=2)}
"""For a digest: the next run is the next try, so that nobody is told twice in a minute."""
