"""The hour at which an edition's next release is to appear, as decided: a day, an hour and a time zone.

Without such a decision a release is published when it is approved.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from gci.core.errors import Blocked
from gci.core.paths import DataFolders
from gci.reference.decided import landed_decisions
from gci.reference.decisions import Decision, of, standing
from gci.texts import marked

_VALUE = re.compile(r"(?P<hour>[01][0-9]|2[0-3]):(?P<minute>[0-5][0-9]) (?P<zone>[A-Za-z0-9_+/-]+)")


class NoSuchHour(ValueError):
    """A day and an hour that name no moment. Its message is in English.

    Attributes:
        text: why, as the catalogues have it.
        values: name of a place in it → text.
    """

    def __init__(self, text: str, **values: str) -> None:
        super().__init__(text.format_map(values))
        self.text = text
        self.values = values


@dataclass(frozen=True, order=True)
class ReleaseHour:
    """When a release is to appear.

    Attributes:
        moment: in UTC.
        edition: the edition.
        said: day, hour and zone as they were decided, e.g. `2026-09-12 09:00 Europe/Zurich`.
        decision: id of the decision.
    """

    moment: datetime
    edition: str
    said: str
    decision: str


def release_hours(folders: DataFolders) -> dict[str, ReleaseHour]:
    """The hour of each edition for which one is decided and stands, by edition.

    Raises:
        Blocked: an hour that landed can be read no more, since the rules of its time zone have changed.
    """
    found = {}
    for one in of(standing(landed_decisions(folders)), "release_hour"):
        try:
            found[one.edition] = as_hour(one)
        except NoSuchHour as error:
            raise Blocked(
                f"The decision {one.id}, {one.day} {one.value}, names no moment any more: {error}. Decide another hour "
                "that answers it. Nothing was published."
            ) from error
    return found


def as_hour(decision: Decision) -> ReleaseHour:
    """The hour that a decision names. Raises NoSuchHour as `moment_of` does."""
    moment = moment_of(decision.day, decision.value)
    return ReleaseHour(moment, decision.edition, f"{decision.day} {decision.value}", decision.id)


def moment_of(day: str, value: str) -> datetime:
    """The moment, in UTC, that a day and an hour with its time zone name.

    Args:
        day: YYYY-MM-DD, the day in that zone.
        value: hour and zone, e.g. `09:00 Europe/Zurich` or `07:00 UTC`.

    Raises:
        NoSuchHour: in words: it is not written so, there is no such zone, or the clocks change so that there is no such
            hour on that day, or there are two.
    """
    written = _VALUE.fullmatch(value)
    if not written:
        raise NoSuchHour(marked("it is not an hour and a time zone, such as 09:00 Europe/Zurich or 07:00 UTC"))
    try:
        zone = ZoneInfo(written["zone"])
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise NoSuchHour(marked("there is no time zone {zone}"), zone=written["zone"]) from None
    on_the_clock = datetime.combine(date.fromisoformat(day), time(int(written["hour"]), int(written["minute"])))
    first, second = (on_the_clock.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first.astimezone(zone).replace(tzinfo=None) != on_the_clock:
        raise NoSuchHour(
            marked("the clocks of {zone} go forward over it on that day: there is no such hour"), zone=written["zone"]
        )
    if first != second:
        raise NoSuchHour(
            marked("the clocks of {zone} go back over it on that day: there are two such hours"), zone=written["zone"]
        )
    return first
