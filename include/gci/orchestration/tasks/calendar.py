"""The calendar of the editions: which dates come near, whether they are kept, and who is told when they are not."""

from __future__ import annotations

import logging
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any

from airflow.sdk import get_current_context
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

from gci.core.errors import TryAgain, WrongUsage
from gci.core.paths import data_folders
from gci.notifications.edition_calendar import Promise, begins, missing, promises, told
from gci.orchestration.tasks.error_mapping import task_outcome

log = logging.getLogger(__name__)


def due() -> list[dict[str, str]]:
    """The dates that this run looks after: those of its own day, or when it was started by hand, all that are ahead.

    Returns:
        Promises, packed, for mapped tasks.

    Raises:
        AirflowSkipException: there are none.
    """
    run = get_current_context()["dag_run"]
    with task_outcome():
        if run.run_type == "manual":
            found = [one for one in promises() if one.due > datetime.now(UTC)]
        else:
            found = [one for one in promises() if begins(one) == run.logical_date]
    if not found:
        raise AirflowSkipException("No date of an open edition comes near: see dbt_project/seeds/editions.csv.")
    for one in found:
        log.info("%s", one.label)
    return [asdict(one) | {"on": one.on.isoformat(), "label": one.label} for one in found]


def kept(promise: dict[str, str]) -> bool:
    """Whether a date is kept; asked again and again until it is, or over.

    Raises:
        AirflowFailException: the day is over and it was not.
    """
    told_of = _unpacked(promise)
    with task_outcome():
        still = missing(told_of, data_folders())
    sentence = told(told_of, still)
    log.info("%s", sentence)
    if still and datetime.now(UTC) >= told_of.due:
        raise AirflowFailException(sentence)
    return not still


async def missed(context: dict[str, Any]) -> None:
    """Tell that a date was not kept, through every channel that is on. Airflow calls it when a run's deadline passed.

    It does so in the triggerer, where connections can be read: a callback in an executor may not.

    Args:
        context: what Airflow knows of the run: `dag_run`, `deadline`.

    Raises:
        TryAgain: a channel is down or not rightly set up; the others were told.
    """
    from asgiref.sync import sync_to_async

    await sync_to_async(_tell)(datetime.fromisoformat(str(context["dag_run"]["logical_date"])))


def _tell(began: datetime) -> None:
    """Tell of the dates that a run looked after which began then."""
    from gci.notifications.channels import channels_on, send
    from gci.notifications.messages import plain

    down = []
    for promise in promises():
        still = missing(promise, data_folders()) if begins(promise) == began else []
        if not still:
            continue
        log.warning("%s", told(promise, still))
        for channel in channels_on():
            try:
                send(channel, plain(f"GCI: {promise.label} was not kept", told(promise, still), "index team"))
            except (TryAgain, WrongUsage) as error:
                log.error("%s", error)
                down.append(str(error))
    if down:
        raise TryAgain("\n".join(down))


def _unpacked(promise: dict[str, str]) -> Promise:
    what: Any = promise["what"]
    return Promise(date.fromisoformat(promise["on"]), promise["edition"], what)
