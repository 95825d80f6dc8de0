"""The warehouse's own few metrics, through Airflow's switch: StatsD or OpenTelemetry as its section [metrics] says.

| metric | kind | says |
|---|---|---|
| `gci.files.<kind>.accepted`, `gci.files.<kind>.refused` | counter | files of an inbox: survey, reviews or partners |
| `gci.gate.<gate>.<edition>.checks_failed` | gauge | checks that failed; 0 when it passed |
| `gci.build.<edition>.seconds` | gauge | time that the build of a candidate took |
| `gci.published.<edition>.states` | gauge | states with a score in what was published |

What is told apart stands in the name: plain StatsD has no tags.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from airflow.sdk.observability import stats


def files(kind: str, accepted: int, refused: int) -> None:
    """Files were collected."""
    stats.incr(f"gci.files.{kind}.accepted", accepted)
    stats.incr(f"gci.files.{kind}.refused", refused)


def gate(name: str, edition: str, failed: int) -> None:
    """A gate was held; `failed` of its checks did not pass."""
    stats.gauge(f"gci.gate.{name}.{edition}.checks_failed", failed)


@contextmanager
def build(edition: str) -> Iterator[None]:
    """Take the time of the lines within, in which a candidate is built."""
    began = monotonic()
    yield
    stats.gauge(f"gci.build.{edition}.seconds", round(monotonic() - began, 3))


def published(edition: str, states: int) -> None:
    """An edition was published."""
    stats.gauge(f"gci.published.{edition}.states", states)


def switch_on() -> None:
    """Do in this process what Airflow does in that of a task: send metrics where its settings say, if anywhere."""
    from airflow.sdk.configuration import conf
    from airflow.sdk.observability.metrics.stats_utils import get_stats_factory

    stats.initialize(factory=get_stats_factory(), export_legacy_names=conf.getboolean("metrics", "legacy_names_on"))
