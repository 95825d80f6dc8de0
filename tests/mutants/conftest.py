"""Gives the good warehouse a folder that pytest clears away, also when a worker is stopped."""

from __future__ import annotations

import pytest

from mutants.good import HOME


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> None:
    HOME[:] = [tmp_path_factory.mktemp("good")]
