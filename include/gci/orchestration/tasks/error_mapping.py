"""The warehouse's errors as states of a task: what a person must mend is red at once, what may pass is tried again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from airflow.sdk.exceptions import AirflowFailException

from gci.core.errors import GciError, TryAgain


@contextmanager
def mapped_errors() -> Iterator[None]:
    """Let the lines within decide the task's state.

    Raises:
        AirflowFailException: in place of Refused, Blocked and WrongUsage, with their message: the same input fails
            the same way again, so no retry. TryAgain and anything unforeseen pass through to the task's retries.
    """
    try:
        yield
    except TryAgain:
        raise
    except GciError as error:
        raise AirflowFailException(str(error)) from error  # the log ends with it: gci.orchestration.task_log
