"""Where log lines go during a run: to the file in which Airflow's UI looks for the task's log, never to the screen."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, cast

from gci.core.captured_output import captured_to
from gci.core.paths import DataFolders

RUN_LOG = "gci-run.log"


class RunLogs:
    """A binary stream for Airflow's JSON log lines that can be turned to another file while it is in use.

    Attributes:
        folder: Airflow's folder of logs.
    """

    def __init__(self, folders: DataFolders) -> None:
        self.folder = folders.airflow / "logs"
        self.folder.mkdir(parents=True, exist_ok=True)
        self._run = cast("BinaryIO", (self.folder / RUN_LOG).open("ab", buffering=0))
        self._current = self._run

    def write(self, line: bytes) -> int:
        """Append to the file that is current."""
        return self._current.write(line)

    def flush(self) -> None:
        """Nothing is held back: every line is written through."""

    @contextmanager
    def quiet(self) -> Iterator[None]:
        """Send what is printed meanwhile to the log: Airflow, dbt and GX print where it pleases them."""
        with captured_to(self._print):
            yield

    def _print(self, line: str) -> None:
        entry = {
            "timestamp": datetime.now(UTC).isoformat(),
            "level": "info",
            "logger": "task.stdout",
            "event": line,
        }
        self.write(json.dumps(entry).encode() + b"\n")

    @contextmanager
    def of_task(self, task_instance: Any) -> Iterator[None]:
        """Turn the stream to the log file of one try of a task, as a worker would write it.

        Args:
            task_instance: Airflow's task instance, from the metadata database.
        """
        from airflow.utils.helpers import log_filename_template_renderer

        file = self.folder / Path(log_filename_template_renderer()(ti=task_instance))
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("ab", buffering=0) as opened:
            self._current = cast("BinaryIO", opened)
            try:
                yield
            finally:
                self._current = self._run

    def take_over(self) -> None:
        """Make this stream the place of all of Airflow's logging in this process."""
        from airflow.sdk.log import configure_logging

        # This stream has no `encoding`: that is how Airflow tells that it takes bytes.
        configure_logging(json_output=True, output=cast("BinaryIO", self))
        logging.captureWarnings(True)
