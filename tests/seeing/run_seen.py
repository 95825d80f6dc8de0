"""2020 from the inbox to published, with everything on: the run that waits, and the one that signed it off."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from command_line import Done, asked, gci, states
from made_once import made_once
from watched_run import Watched, events_file, watched


@dataclass
class Seen:
    """What could be seen of the two runs.

    Attributes:
        data: the data folder.
        done: the command that signed off and published.
        publishing: how the tasks of publish_edition came out in it.
        asking: how many requests waited for a person afterwards.
        again: the same command once more, when there was nothing new.
        metrics: datagrams that came to the StatsD listener, as text.
        events: OpenLineage's events, in their order.
        lines: what the commands logged to stderr.
    """

    data: Path
    done: Done
    publishing: dict[str, str | None]
    asking: int
    again: Done
    metrics: list[str]
    events: list[dict[str, Any]]
    lines: list[dict[str, Any]]


def seen(waiting: Watched) -> Seen:
    """Go on from the run that waits, in a copy of its folder. Read it."""
    return made_once("seen", partial(_made, waiting))


def _made(waiting: Watched, data: Path) -> Seen:
    shutil.copytree(waiting.data, data, dirs_exist_ok=True)
    order = ("run", "--edition", "2020", "--sign-off", "index team", "--note", "replay", "--json")
    went_on = watched(data, *order)
    publishing = states(data, "publish_edition")
    ((asking,),) = asked(data, "select count(*) from task_instance where state = 'awaiting_input'")
    # The folder has moved, and with it what the first run told of.
    told = events_file(data).read_text("utf-8").replace(str(waiting.data), str(data))
    lines = [*waiting.done.err.splitlines(), *went_on.done.err.splitlines()]
    return Seen(
        data,
        went_on.done,
        publishing,
        asking,
        gci(data, *order),
        [*waiting.metrics, *went_on.metrics],
        [json.loads(line) for line in told.splitlines()],
        [json.loads(line) for line in lines],
    )
