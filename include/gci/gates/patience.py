"""How long a gate works on a file at most: processor time, after which whatever is being asked ends and fails."""

from __future__ import annotations

import threading
import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    import duckdb

_LOOKS_EVERY = 0.5  # seconds


class Patience:
    """Interrupts what a connection is doing once this process has spent so much of the processor's time.

    Args:
        connection: whose statements end.
        seconds: of the processor, all cores together, from the beginning of the block.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, seconds: float) -> None:
        self._connection = connection
        self._seconds = seconds
        self._ends_at = time.process_time() + seconds
        self._ended = threading.Event()
        self._watch = threading.Thread(target=self._look, name="gate-patience", daemon=True)

    def __enter__(self) -> Self:
        """Begin to watch."""
        self._watch.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End it: nothing is interrupted any more."""
        self._ended.set()
        self._watch.join()

    def check(self) -> None:
        """Raise duckdb.InterruptException, with the reason in words, when there is none left."""
        import duckdb

        if time.process_time() > self._ends_at:
            raise duckdb.InterruptException(
                f"the gate has worked on this file for {self._seconds:g} seconds of processor time and stopped: "
                "it holds far more than an edition, or something that never ends"
            )

    def _look(self) -> None:
        while not self._ended.wait(_LOOKS_EVERY):
            if time.process_time() > self._ends_at:
                self._connection.interrupt()
