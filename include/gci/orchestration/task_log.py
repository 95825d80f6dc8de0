"""How the log of a red task ends: with what is wrong, where, and what to do; never with a traceback.

Airflow writes the traceback of whatever ended a task as its last line. Of a verdict (a gate, a refused file, a wrong
edition) it says nothing; of a fault of the program it says much, but not what to do. So that one line is written anew
before it is rendered, and what would bury it is left out. Airflow tells listeners that a task begins: nothing else of
it is touched.
"""

from __future__ import annotations

import logging
import sys
import traceback
from typing import Any

FAILED = "Task failed with exception"
"""What Airflow's task runner says, with the exception."""

_TALKATIVE = ("openlineage", "airflow.providers.openlineage", "great_expectations")
"""They tell of each event and each expectation, some of them through `logging`, some through structlog by Airflow's own
loggers; `[logging] namespace_levels` does not reach them."""

_FAULT = (
    "{kind}: {said}\n"
    "This is a fault of the machine or of the program, not of the data; {where} stands above. Nothing that arrived is "
    "lost and what is published is as it was. What to do: look whether disk, memory and network are well, then clear "
    "this task, which is safe to repeat. If it comes again, tell who keeps the program, with the lines above."
)


def end_with_what_matters() -> None:
    """Have the log of the task that runs in this process end so. Doing it twice is the same as once."""
    import structlog

    for name in _TALKATIVE:
        if logging.getLogger(name).level == logging.NOTSET:  # an operator's own choice wins
            logging.getLogger(name).setLevel(logging.WARNING)
    processors = structlog.get_config()["processors"]
    if _rewritten not in processors:
        processors.insert(0, _rewritten)  # in place: loggers that exist already hold this very list


def _rewritten(logger: Any, method: str, event: Any) -> Any:
    """The line about the exception that ended a task, with its message last; none of those that would bury it."""
    named = str(event.get("logger_name") or getattr(logger, "name", None) or "")
    if method in ("debug", "info") and f"{named}.".startswith(tuple(f"{name}." for name in _TALKATIVE)):
        from structlog import DropEvent

        raise DropEvent
    error = sys.exc_info()[1]
    if event.get("event") != FAILED or error is None:
        return event
    event.pop("exc_info", None)
    event["event"] = _told(error)
    return event


def _told(error: BaseException) -> str:
    from airflow.sdk.exceptions import AirflowFailException, AirflowSensorTimeout

    from gci.core.errors import GciError

    if isinstance(error, AirflowFailException | AirflowSensorTimeout | GciError):
        return str(error)
    lines = "".join(traceback.format_exception(error)).rstrip()
    place = traceback.extract_tb(error.__traceback__)
    where = f"the line that it came to ({place[-1].filename}:{place[-1].lineno})" if place else "where it came to it"
    return f"{lines}\n{_FAULT.format(kind=type(error).__name__, said=error, where=where)}"
