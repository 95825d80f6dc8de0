"""2020 published by a process that lives elsewhere: another time zone, locale, hash seed, number of threads, folder."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from command_line import PROCESS
from gci.core.paths import DataFolders
from made_once import made_once
from published import BUILT_AT

RUNNER = Path(__file__).with_name("whole_way_process.py")
FAR_AWAY = {"TZ": "Pacific/Chatham", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "31415"}
THREADS = "4"


def far_away() -> DataFolders:
    """A data folder with both editions collected and 2020 published there. Made once in a test run; read it."""
    return made_once("far_away", _made)


def _made(folder: Path) -> DataFolders:
    environment = os.environ | BUILT_AT | FAR_AWAY | {"PYTHONPATH": str(Path(__file__).parent)}
    command = [*PROCESS, str(RUNNER), str(folder), THREADS]
    subprocess.run(command, env=environment, check=True, capture_output=True)
    return DataFolders(folder)
