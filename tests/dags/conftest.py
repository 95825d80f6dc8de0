"""One real run, shared: 2020 replayed with a broken return and a broken partner file beside it, up to the sign-off."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from command_line import Run, environment, gci

BROKEN_RETURN = "edition,iso3,item,answer,evidence_url,comment\n2020,EST,lm1,1.7,,\n2020,EST,no_such_item,0.5,,\n"
BROKEN_PARTNER = "no,such,columns\n1,2,3\n"


@pytest.fixture(scope="session")
def waiting(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """`gci run --edition 2020` without a sign-off. Read it; to go on from it, use `copied`."""
    data = tmp_path_factory.mktemp("waiting")
    assert gci(data, "replay", "--edition", "2020").code == 0
    (data / "inbox/survey/2020/EST_second_try.csv").write_text(BROKEN_RETURN, encoding="utf-8")
    (data / "inbox/partners/data360").mkdir(parents=True)
    (data / "inbox/partners/data360/half_a_file.csv").write_text(BROKEN_PARTNER, encoding="utf-8")
    return Run(data, gci(data, "run", "--edition", "2020", "--json"))


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
        subprocess.run(
            [sys.executable, script, data, option, note], env=environment(data), check=True, capture_output=True
        )

    return answer
