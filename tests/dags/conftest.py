"""Going on from the run that all share, and answering as a person does."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from command_line import PROCESS, Run, environment


@pytest.fixture
def copied(waiting: Run, tmp_path: Path) -> Path:
    """A data folder of its own in which 2020 waits for a sign-off."""
    data = tmp_path / "data"
    shutil.copytree(waiting.data, data)
    return data


@pytest.fixture
def person() -> Callable[[Path, str, str], None]:
    """Answers what waits in a data folder as someone does in the UI: data folder, option, note."""

    def answer(data: Path, option: str, note: str) -> None:
        script = Path(__file__).with_name("answer_as_a_person.py")
        subprocess.run([*PROCESS, script, data, option, note], env=environment(data), check=True, capture_output=True)

    return answer
