"""One real run of 2020 with everything on: lineage to a file, metrics to a listener, the log as JSON lines."""

from __future__ import annotations

import json
import socket
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from command_line import Done, gci
from made_once import made_once

BROKEN = "edition,iso3,item,answer,evidence_url,comment\n2020,EST,ls1,1.7,,\n"


@dataclass
class Seen:
    """What could be seen of a run.

    Attributes:
        data: the data folder.
        done: the command.
        metrics: datagrams that came to the StatsD listener, as text.
        events: OpenLineage's events, in their order.
        lines: what the command logged to stderr.
    """

    data: Path
    done: Done
    metrics: list[str]
    events: list[dict[str, Any]]
    lines: list[dict[str, Any]]


@pytest.fixture(scope="session")
def seen() -> Seen:
    """2020 from the inbox to published, with a broken return beside it."""
    return made_once("seen", _made)


def _made(data: Path) -> Seen:
    assert gci(data, "replay", "--edition", "2020").code == 0
    (data / "inbox/survey/2020/EST_broken.csv").write_text(BROKEN, encoding="utf-8")
    with Listener() as (port, datagrams):
        done = gci(
            data,
            *("run", "--edition", "2020", "--sign-off", "A. Signer", "--json"),
            GCI_LOG="json",
            AIRFLOW__OPENLINEAGE__DISABLED="False",
            AIRFLOW__METRICS__STATSD_ON="True",
            AIRFLOW__METRICS__STATSD_HOST="127.0.0.1",
            AIRFLOW__METRICS__STATSD_PORT=str(port),
        )
    events = [json.loads(line) for line in (data / "lineage/events.jsonl").read_text("utf-8").splitlines()]
    lines = [json.loads(line) for line in done.err.splitlines()]
    return Seen(data, done, datagrams, events, lines)


class Listener:
    """Takes UDP datagrams on loopback; gives its port and the list that they are put into."""

    def __enter__(self) -> tuple[int, list[str]]:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self._socket.settimeout(0.2)
        self._stopped = threading.Event()
        self._datagrams: list[str] = []
        self._thread = threading.Thread(target=self._take, daemon=True)
        self._thread.start()
        return self._socket.getsockname()[1], self._datagrams

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        self._thread.join()
        self._socket.close()

    def _take(self) -> None:
        while not self._stopped.is_set():
            try:
                self._datagrams += self._socket.recv(65536).decode().splitlines()
            except TimeoutError:
                continue
