"""A process without root's rights that collects what waits, twice: first in a folder of its own, which imports all.

Prints what it passes over, and what the command line would say of the error that ends it.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from gci import cli
from gci.collect.batches import passed_over, waiting
from gci.collect.collect import collect_files
from gci.core.paths import DataFolders

NOBODY = 65534


def collect(root: str) -> None:
    folders = DataFolders(Path(root))
    for path, why in passed_over("survey", folders):
        sys.stderr.write(f"{path}: {why}\n")
    collect_files("survey", waiting("survey", folders), datetime(2026, 1, 5, tzinfo=UTC), folders)


def main(before: str, root: str) -> None:
    collect(before)
    if os.geteuid() == 0:
        os.seteuid(NOBODY)
    cli.app = lambda: collect(root)  # type: ignore[assignment]
    cli.main()


if __name__ == "__main__":
    main(*sys.argv[1:])
