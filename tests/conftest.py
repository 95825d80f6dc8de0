"""What several suites share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from gci.engines import staying
from gci.paths import DataFolders
from published import publish_editions


@pytest.fixture(scope="session", autouse=True)
def engines() -> Iterator[None]:
    """Processes of dbt and Great Expectations, begun when a test asks for them, stay for the tests after it."""
    with staying():
        yield


@pytest.fixture(scope="session")
def published_data(tmp_path_factory: pytest.TempPathFactory) -> DataFolders:
    """A data folder in which 2020 and 2024 went from the inbox to published/. Read it; copy it to change it."""
    folders = DataFolders(tmp_path_factory.mktemp("published"))
    publish_editions(["2020", "2024"], folders)
    return folders
