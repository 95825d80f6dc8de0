"""What our tasks keep in Airflow's variables. Who may edit those can write anything there: it never stops a task."""

from __future__ import annotations

import logging
from typing import TypeVar

from airflow.sdk import Variable

log = logging.getLogger(__name__)

_Kept = TypeVar("_Kept", dict[str, object], list[str])


def kept(name: str, nothing: _Kept) -> _Kept:
    """What a variable holds.

    Args:
        name: of the variable.
        nothing: an empty value of the type that is kept: given where there is no variable, or one that holds something
            else, which is told in the log and written over the next time.
    """
    try:
        found = Variable.get(name, default=nothing, deserialize_json=True)
    except ValueError:
        found = None
    if isinstance(found, type(nothing)):
        return found
    log.warning(
        "The Airflow variable %s is not as the tasks write it: somebody wrote over it. It counts as empty.", name
    )
    return nothing


def keep(name: str, value: object) -> None:
    """Write a variable, as JSON."""
    Variable.set(name, value, serialize_json=True)
