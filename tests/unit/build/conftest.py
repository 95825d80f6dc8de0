"""A data folder of one's own for every test."""

from __future__ import annotations

from pathlib import Path

import pytest

from gci.core.paths import DataFolders


@pytest.fixture
def folders(tmp_path: Path) -> DataFolders:
    """An empty data folder."""
    return DataFolders(tmp_path / "data")
