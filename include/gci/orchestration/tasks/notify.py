"""Telling: which channels are on, and the digest through each of them."""

from __future__ import annotations

import logging

from airflow.sdk import task
from airflow.sdk.exceptions import AirflowSkipException

from gci.core.errors import Blocked, TryAgain
from gci.core.ids import CHANNELS, TELL
from gci.core.paths import data_folders
from gci.orchestration.hand_overs import Channel, Told
from gci.orchestration.tasks.error_mapping import mapped_errors
from gci.orchestration.tasks.instrumented import faults, instrumented
from gci.orchestration.tasks.retries import NEXT_RUN
from gci.orchestration.tasks.variables import keep, kept

log = logging.getLogger(__name__)

TOLD = "gci_told_{channel}"
"""The Airflow variable that holds, per channel, what stood when its last digest was sent."""


@task(task_id=CHANNELS, **NEXT_RUN)
def channels_to_tell() -> list[Channel]:
    """The channels that are on, for mapped tasks.

    Raises:
        AirflowSkipException: none is.
    """
    from gci.notifications import channels

    on = channels.channels_on()
    if not on:
        raise AirflowSkipException(
            f"No channel is on: none of the connections {', '.join(channels.CHANNELS.values())} is here."
        )
    return [{"channel": channel, "label": f"{channel} ({channels.CHANNELS[channel]})"} for channel in on]


@task(task_id=TELL, map_index_template="{{ task.op_kwargs['channel']['label'] }}", **NEXT_RUN)
@instrumented
def notify(channel: Channel) -> Told:
    """Send the digest through one channel, if anything that blocks or is new has not been told there.

    Args:
        channel: one of `channels_to_tell`.

    Returns:
        How many notices it had: blocks, new, known.

    Raises:
        AirflowSkipException: all of it has been told.
        AirflowFailException: the channel is down. What it was not told, the next run tells it.
    """
    from gci.notifications.channels import send
    from gci.notifications.digest import digest
    from gci.notifications.messages import message

    name = TOLD.format(channel=channel["channel"])
    told = [str(one) for one in kept(name, [])]
    with mapped_errors():
        found = digest(data_folders(), told, faults())
        if found.fresh:
            out = message(found)
            try:
                send(channel["channel"], out)
            except TryAgain as error:  # the next run is the next try: people are not told twice in a minute
                raise Blocked(str(error)) from error
    if set(told) != found.standing:
        keep(name, sorted(found.standing))
    if not found.fresh:
        raise AirflowSkipException("Nothing that blocks or is new has not been told.")
    log.info("%s was told: %s", channel["label"], out.subject)
    return {"blocks": len(found.blocks), "new": len(found.new), "known": len(found.known)}
