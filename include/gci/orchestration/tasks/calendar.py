"""The calendar of the editions: which dates come near, whether they are kept, and who is told when they are not."""

from __future__ import annotations

import logging
from datetime import UTC, date, datetime, timedelta
from typing import Any

from airflow.sdk import get_current_context, task
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

from gci.core.errors import TryAgain, WrongUsage
from gci.core.ids import DUE, MET
from gci.core.paths import data_folders
from gci.notifications.edition_calendar import AHEAD, Milestone, begins, milestones, missing, told
from gci.orchestration.hand_overs import NearDate
from gci.orchestration.tasks.error_mapping import mapped_errors
from gci.orchestration.tasks.retries import LOST_WHILE_READING

log = logging.getLogger(__name__)


@task(task_id=DUE, **LOST_WHILE_READING)
def due() -> list[NearDate]:
    """The dates that this run looks after: those of its own day, or when it was started by hand, all that are ahead.

    Returns:
        Milestones, packed, for mapped tasks.

    Raises:
        AirflowSkipException: there are none.
    """
    run = get_current_context()["dag_run"]
    with mapped_errors():
        if run.run_type == "manual":
            found = [one for one in milestones() if one.due > datetime.now(UTC)]
        else:
            found = [one for one in milestones() if begins(one) == run.logical_date]
    if not found:
        raise AirflowSkipException(
            "No date of an open edition comes near. Dates are decided: `gci decide calendar_date`."
        )
    for one in found:
        log.info("%s", one.label)
    return [_to_dict(one) for one in found]


@task.sensor(
    task_id=MET,
    mode="reschedule",
    poke_interval=timedelta(hours=1).total_seconds(),
    timeout=(AHEAD + timedelta(days=1)).total_seconds(),
    map_index_template="{{ task.op_kwargs['milestone']['label'] }}",
    **LOST_WHILE_READING,
)
def met(milestone: NearDate) -> bool:
    """Whether a date is kept; asked again and again until it is, or over.

    What nothing can show as done (a nomination, a launch, a reminder) is told on its day, and that is all.

    Raises:
        AirflowFailException: the day is over and it was not.
    """
    told_of = _from_dict(milestone)
    with mapped_errors():
        still = missing(told_of, data_folders())
    sentence = told(told_of, still)
    log.info("%s", sentence)
    over = datetime.now(UTC) >= told_of.due
    if still and over and not told_of.reminds:
        raise AirflowFailException(sentence)
    return over if told_of.reminds else not still


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
    for milestone in milestones():
        still = missing(milestone, data_folders()) if begins(milestone) == began else []
        if not still:
            continue
        log.warning("%s", told(milestone, still))
        for channel in channels_on():
            try:
                kept = "" if milestone.reminds else " was not kept"
                send(channel, plain(f"GCI: {milestone.label}{kept}", told(milestone, still), "index team"))
            except (TryAgain, WrongUsage) as error:
                log.error("%s", error)
                down.append(str(error))
    if down:
        raise TryAgain("\n".join(down))


def _to_dict(milestone: Milestone) -> NearDate:
    return {
        "on": milestone.on.isoformat(),
        "edition": milestone.edition,
        "what": milestone.what,
        "at": milestone.at.isoformat() if milestone.at else "",
        "label": milestone.label,
    }


def _from_dict(milestone: NearDate) -> Milestone:
    what: Any = milestone["what"]
    at = milestone.get("at")
    on = date.fromisoformat(milestone["on"])
    return Milestone(on, milestone["edition"], what, datetime.fromisoformat(at) if at else None)
