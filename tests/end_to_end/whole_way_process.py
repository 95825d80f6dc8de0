"""The whole way of one edition in a process of its own: `python whole_way_process.py DATA_ROOT EDITION THREADS`."""

from __future__ import annotations

import sys
from pathlib import Path

from gci.core.paths import DataFolders
from published import publish_editions

if __name__ == "__main__":
    publish_editions([sys.argv[2]], DataFolders(Path(sys.argv[1])), int(sys.argv[3]))
