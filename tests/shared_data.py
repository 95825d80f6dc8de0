"""The folder of source files beside the repository, where there is one. Only tests read it."""

from __future__ import annotations

from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data"


def shared(path: str) -> Path:
    """The source file at `path`, or a skipped test that says what is absent."""
    file = FOLDER / path
    if not file.exists():
        pytest.skip(f"the source file {path} is not beside this checkout (../shared/data): not compared with it")
    return file
