"""Both editions collected, the first published, in a process of its own: whole_way_process.py DATA_ROOT THREADS."""

from __future__ import annotations

import sys
from pathlib import Path

from gci.core.paths import DataFolders
from published import EDITIONS, arrive, publish_next

if __name__ == "__main__":
    folders = DataFolders(Path(sys.argv[1]))
    arrive(EDITIONS, folders)
    publish_next(EDITIONS[0], folders, int(sys.argv[2]))
