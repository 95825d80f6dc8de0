"""A copy of the project for a server whose DAGs or seeds a test changes: PYTHONPATH=<copy>/include runs it there."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from gci.core.paths import PROJECT

_RUNS = ("include/", "dags/", "dbt_project/", "expectations/")


def copied_project(folder: Path) -> Path:
    """Copy what runs of this checkout into a folder, and give the folder."""
    listed = subprocess.run(["git", "ls-files"], cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    for name in listed.splitlines():
        if name.startswith(_RUNS):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(PROJECT / name, folder / name)
    return folder
