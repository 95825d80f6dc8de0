"""Not too many requests to one host, from however many workers."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from pathlib import Path

from gci.core.file_lock import file_lock


@dataclass(frozen=True)
class Pace:
    """Keeps the moment of the last request to each host in a file that workers lock.

    Attributes:
        folder: where these files are.
    """

    folder: Path

    def wait(self, host: str, pause: float) -> None:
        """Return when `pause` seconds have passed since anybody's last request to the host."""
        self.folder.mkdir(parents=True, exist_ok=True)
        name = re.sub(r"[^a-zA-Z0-9.-]", "_", host)
        with file_lock(self.folder / f".{name}.pace", wait=True) as held:
            held.seek(0)
            last = float(held.read() or 0)
            # A clock that was set back must not make a worker wait for years.
            time.sleep(min(max(last + pause - time.time(), 0), pause))
            held.truncate(0)
            held.write(f"{time.time():.6f}")
