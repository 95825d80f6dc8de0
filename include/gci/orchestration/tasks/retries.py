"""How often a task is tried, and how long it may take: more than once only where another try can help.

A verdict is final whatever stands here: a gate that fails, a file that is refused and a wrong edition end their task
with AirflowFailException, which Airflow never tries again (gci.orchestration.tasks.error_mapping).
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

BRIEF: dict[str, Any] = {
    "retries": 1,
    "retry_delay": timedelta(seconds=10),
    "execution_timeout": timedelta(minutes=10),
}
"""For a task that only reads or reports: done again it comes out the same way, and its worker may be lost."""

ONCE_MORE: dict[str, Any] = {
    "retries": 1,
    "retry_delay": timedelta(seconds=10),
    "execution_timeout": timedelta(hours=1),
}
"""For the work of one worker, which may be lost with its machine, or find a full disk."""

PASSING: dict[str, Any] = {
    "retries": 3,
    "retry_delay": timedelta(seconds=10),
    "retry_exponential_backoff": 2.0,
    "max_retry_delay": timedelta(minutes=5),
    "execution_timeout": timedelta(hours=1),
}
"""For a task that meets others: a busy disk or share, another publication under way. Each wait is longer."""
