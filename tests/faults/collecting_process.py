"""A process that collects what waits: says `ready`, begins on a line from stdin, prints how many files it took."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

from gci.collect.batches import waiting
from gci.collect.collect import collect_files
from gci.core.paths import DataFolders
from gci.reference.validation_context import validation_context


def main(root: str, received_at: str) -> None:
    folders = DataFolders(Path(root))
    validation_context()
    print("ready", flush=True)
    sys.stdin.readline()
    paths = waiting("survey", folders)
    print(len(collect_files("survey", paths, datetime.fromisoformat(received_at), folders)), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
