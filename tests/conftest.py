"""What several suites share."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

import made_once
import warehouse
from gci.core.paths import DataFolders
from gci.core.replications import SETTING
from gci.core.worker_pool import RARELY, keep_warm
from notifications import run_told
from seeing import run_seen
from waiting import left_waiting
from watched_run import Watched

# What is tested of an audit holds with any number of draws; ten thousand for every small edition would cost minutes.
os.environ.setdefault(SETTING, "200")

# What a few hundred modules bring stays to the end: looking through it again and again as they are read is for nothing.
gc.disable()

WHOLE_RUNS = {"dags", "end_to_end", "mutants", "notifications", "seeing", "server"}
"""Folders of tests that start runs from the inbox to the gates or further."""


@pytest.fixture(scope="session", autouse=True)
def shared_by_workers(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The folder in which one worker makes what all read."""
    made_once.begin(tmp_path_factory)


@pytest.fixture(scope="session", autouse=True)
def engines() -> Iterator[None]:
    """Processes of dbt and Great Expectations, begun when a test asks for them, stay for the tests after it."""
    with keep_warm():
        yield


@pytest.fixture(scope="session")
def published_data() -> DataFolders:
    """A data folder in which 2020 and 2024 went from the inbox to published/. Read it; copy it to change it."""
    return warehouse.published()


@pytest.fixture(scope="session")
def waiting() -> Watched:
    """`gci run --edition 2020` without a sign-off, everything on. Read it; to go on from it, copy its data folder."""
    return made_once.made_once("waiting", left_waiting)


@pytest.fixture(scope="session")
def seen(waiting: Watched) -> run_seen.Seen:
    """The run that waits, signed off and published by the next one, everything on. Read it."""
    return run_seen.seen(waiting)


@pytest.fixture(scope="session")
def told() -> run_told.Told:
    """Two runs of 2024 with two returns, which gate landed stops, with every channel on. Read it."""
    return run_told.told()


MAKERS = ("test_published.py", "test_run_to_the_sign_off.py", "test_corruptions.py", "test_channels.py")
"""Files that first need what many read: published_data, waiting, good, told. They begin on different workers, of which
each makes one: nobody waits for what another makes."""


def pytest_collection_finish() -> None:
    """From here on there is garbage; what has been read is none."""
    gc.freeze()
    gc.enable()
    gc.set_threshold(*RARELY)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whole runs go first and small tests last: a worker that began a run in the end would leave the others idle.

    Marks what needs a run.
    """
    items.sort(key=lambda item: (_suite(item) not in WHOLE_RUNS, _suite(item) == "unit"))
    place = {name: number for number, name in enumerate(MAKERS)}
    items.sort(key=lambda item: place.get(_in_whole_runs(item), len(MAKERS)))
    for item in items:
        if _needs_a_warehouse(item):
            item.add_marker("warehouse")


def _suite(item: pytest.Item) -> str:
    """The folder of tests/ that the test is in."""
    return item.path.relative_to(Path(__file__).parent).parts[0]


def _in_whole_runs(item: pytest.Item) -> str:
    """The name of the test's file, where its suite is one of WHOLE_RUNS."""
    return item.path.name if _suite(item) in WHOLE_RUNS else ""


def _needs_a_warehouse(item: pytest.Item) -> bool:
    """Whether a warehouse has to be built, or a run to be made, before the test can look at it."""
    asked = set(getattr(item, "fixturenames", ())) & {"published_data", "waiting", "seen", "told"}
    made = [name for name in ("warehouse", "good") if hasattr(getattr(item, "module", None), name)]
    return bool(asked or made) or _suite(item) in WHOLE_RUNS
