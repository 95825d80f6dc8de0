"""What several suites share."""

from __future__ import annotations

import pytest

from gci.paths import DataFolders
from published import publish_editions


@pytest.fixture(scope="session")
def published_data(tmp_path_factory: pytest.TempPathFactory) -> DataFolders:
    """A data folder in which 2020 and 2024 went from the inbox to published/. Read it; copy it to change it."""
    folders = DataFolders(tmp_path_factory.mktemp("published"))
    publish_editions(["2020", "2024"], folders)
    return folders
