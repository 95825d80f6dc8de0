"""Programs that no Python package brings: found, or installed where that may be done, or the test is skipped."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from typing import TypeVar

import pytest

Found = TypeVar("Found")


def brought_by(package: str, find: Callable[[], Found | None]) -> Found:
    """What a Debian package brings.

    Args:
        package: its name.
        find: looks for what it brings; gives nothing when that is not there.
    """
    if found := find():
        return found
    if os.getuid() == 0 and shutil.which("apt-get"):
        quiet = {"DEBIAN_FRONTEND": "noninteractive"} | os.environ
        for words in (["update"], ["install", "--yes", "--no-install-recommends", package]):
            subprocess.run(["apt-get", *words], check=False, capture_output=True, env=quiet)
        if found := find():
            return found
    pytest.skip(f"{package} is not installed and could not be: apt-get install {package}")
