"""`gci` with everything on by which a run can be seen: lineage to a file, metrics to a listener, the log as JSON."""

from __future__ import annotations

import socket
import threading
from dataclasses import dataclass
from pathlib import Path

from command_line import Run, gci


@dataclass(frozen=True)
class Watched(Run):
    """A run, and the datagrams that came to the StatsD listener meanwhile, as text."""

    metrics: tuple[str, ...] = ()


def watched(data: Path, *arguments: str) -> Watched:
    """Run `gci` on a data folder; lineage lies in lineage/events.jsonl then, the log on stderr is lines of JSON."""
    with Listener() as (port, datagrams):
        done = gci(
            data,
            *arguments,
            GCI_LOG="json",
            AIRFLOW__OPENLINEAGE__DISABLED="False",
            AIRFLOW__METRICS__STATSD_ON="True",
            AIRFLOW__METRICS__STATSD_HOST="127.0.0.1",
            AIRFLOW__METRICS__STATSD_PORT=str(port),
        )
    return Watched(data, done, tuple(datagrams))


def events_file(data: Path) -> Path:
    """OpenLineage's events, one line each, in their order."""
    return data / "lineage/events.jsonl"


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
