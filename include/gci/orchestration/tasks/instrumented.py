"""What every task of ours does besides its work: say what its log lines are about, and note a fault of its own.

A verdict (a refused file, a gate, a failed build, a partner that is down) lies in the data folder and is told from
there. A fault (a full disk, the program) lies nowhere: it is noted in an Airflow variable until the task goes well
again, so that the digest can tell it. A process that is killed notes nothing; its task is red in the UI.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from airflow.sdk import get_current_context
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

from gci.core.ids import BUILD_CANDIDATE, FETCH_PARTNER, REFUSED, TASK_OF, TELL
from gci.core.log_context import FIELDS, log_context
from gci.orchestration.tasks.variables import keep, kept

log = logging.getLogger(__name__)

_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")

FAULTS = "gci_faults"
"""The Airflow variable: by DAG and task the run that failed and why."""

_VERDICTS = frozenset({REFUSED, *TASK_OF.values(), BUILD_CANDIDATE, FETCH_PARTNER, TELL})


def instrumented(task: Callable[_Given, _Result]) -> Callable[_Given, _Result]:
    """Let a task's log lines carry its name and what it was given (edition, state, source, digest); note its faults."""

    @wraps(task)
    def run(*args: _Given.args, **kwargs: _Given.kwargs) -> _Result:
        this: Any = get_current_context()["ti"]
        given = [one for one in (*args, *kwargs.values()) if isinstance(one, Mapping)]
        subject = {name: one[name] for one in given for name in FIELDS if isinstance(one.get(name), str)}
        with log_context(task=str(this.task_id), **subject):
            try:
                result = task(*args, **kwargs)
            except AirflowSkipException as skip:
                log.info("%s", skip)  # Airflow hides the reason in a folded part of the log
                raise
            except Exception as error:
                if this.try_number > this.max_tries and not _is_verdict(this.task_id, error):
                    _note(this, error)
                raise
        _mended(this)
        return result

    return run


def faults() -> list[str]:
    """The tasks whose last try failed through a fault, each with its message."""
    return [f"{task}: {fault['message']}" for task, fault in sorted(_noted().items())]


def _noted() -> dict[str, dict[str, str]]:
    """By DAG and task the run that failed and why; without what is not as `_note` writes it."""
    return {
        task: {name: str(fault[name]) for name in ("run_id", "message")}
        for task, fault in kept(FAULTS, {}).items()
        if isinstance(fault, dict) and {"run_id", "message"} <= set(fault)
    }


def _is_verdict(task_id: str, error: Exception) -> bool:
    return isinstance(error, AirflowFailException) and task_id in _VERDICTS


def _note(this: Any, error: Exception) -> None:
    noted = _noted()
    noted[_name(this)] = {"run_id": this.run_id, "message": " ".join(f"{error or type(error).__name__}".split())}
    keep(FAULTS, noted)


def _mended(this: Any) -> None:
    """Forget the fault of an earlier run; that of another mapped instance of this run stays."""
    noted = _noted()
    fault = noted.get(_name(this))
    if fault and (fault["run_id"] != this.run_id or this.try_number > 1):
        del noted[_name(this)]
        keep(FAULTS, noted)


def _name(this: Any) -> str:
    return f"{this.dag_id} · {this.task_id}"
