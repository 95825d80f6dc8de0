"""Work in processes of its own: what it gives, raises, logs and prints arrives; nothing of it outlives who asked."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from asked_of_engines import fail, say_and_sleep, speak
from gci.build.dbt_job import DbtFailed
from gci.core.errors import TryAgain
from gci.core.worker_pool import CHECKS, DBT, Engine, keep_warm

# Asks for something that takes a minute, in a process that says which one it is.
ASKING = """
import sys
from asked_of_engines import say_and_sleep
from gci.core.worker_pool import DBT
if __name__ == "__main__":
    DBT.ask(say_and_sleep, sys.argv[1])
"""


@pytest.fixture(autouse=True, scope="module")
def kept_again() -> Iterator[None]:
    """Here engines end, and after a `keep_warm` of its own they stay no more: for the tests after these they do."""
    yield
    for one in (DBT, CHECKS):
        one.stays = True


@pytest.fixture
def engine() -> Iterator[Engine]:
    yield Engine("the engine", "asked_of_engines", 2)


def test_a_result_comes_from_another_process(engine: Engine) -> None:
    assert engine.ask(os.getpid) != os.getpid()
    assert engine.ask(speak, "ж") == "Ж"


def test_work_is_done_in_the_same_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with keep_warm():
        DBT.ask(os.getpid)
        monkeypatch.chdir(tmp_path)
        assert DBT.ask(os.getcwd) == str(tmp_path)


def test_several_things_are_done_side_by_side_and_given_in_order(engine: Engine) -> None:
    with engine.at_work() as work:
        for text in "abcdef":
            work.begin(speak, text)
        assert work.results() == list("ABCDEF")


def test_what_is_logged_and_printed_is_logged_here(
    engine: Engine, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.INFO):
        engine.ask(speak, "a word\nand another")
    told = [(record.name, record.levelname, record.getMessage()) for record in caplog.records]
    assert ("gci.test", "INFO", "said a word\nand another") in told
    assert [text for name, _, text in told if name == "printed"] == ["printed a word", "and another"]
    assert any(name == "py.warnings" and "warned of a word" in text for name, _, text in told)
    assert not any("whispered" in text for _, _, text in told)
    assert capfd.readouterr() == ("", "")


def test_a_logger_that_is_silent_here_stays_silent(engine: Engine, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO), caplog.at_level(logging.WARNING, "gci.test"):
        engine.ask(speak, "a word")
    assert "gci.test" not in {record.name for record in caplog.records}


def test_what_is_raised_arrives_whole(engine: Engine) -> None:
    with pytest.raises(DbtFailed) as caught:
        engine.ask(fail)
    assert caught.value.stopped_by == "two lines"
    assert caught.value.report[0]["name"] == "answers"
    assert "answers: no such column" in str(caught.value)
    assert "elsewhere/a.sql" in caught.value.told(Path("elsewhere"))


def test_a_process_that_is_killed_is_told_of_and_made_good(engine: Engine) -> None:
    with pytest.raises(TryAgain, match="the engine worked has ended by itself"):
        engine.ask(os._exit, 9)
    assert engine.ask(speak, "again") == "AGAIN"


def test_processes_stay_where_that_is_wanted(engine: Engine) -> None:
    with keep_warm():
        assert DBT.ask(os.getpid) == DBT.ask(os.getpid)
    first = DBT.ask(os.getpid)
    assert first != DBT.ask(os.getpid)


def test_work_ends_with_a_block_that_is_broken_off(engine: Engine, tmp_path: Path) -> None:
    said = tmp_path / "pid"
    with pytest.raises(KeyboardInterrupt), engine.at_work() as work:
        work.begin(say_and_sleep, str(said))
        wait_for(said)
        raise KeyboardInterrupt
    assert is_gone(int(said.read_text()))


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_no_process_outlives_who_asked(how: signal.Signals, tmp_path: Path) -> None:
    said, script = tmp_path / "pid", tmp_path / "asking.py"
    script.write_text(ASKING)
    asking = subprocess.Popen(
        [sys.executable, str(script), str(said)],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        # Whoever started the tests may have them pass over Ctrl-C, and with them all that they start.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )
    wait_for(said)
    if how == signal.SIGINT:
        os.killpg(asking.pid, how)  # as a terminal does
    else:
        asking.send_signal(how)
    asking.wait(600)
    assert is_gone(int(said.read_text()))


def wait_for(file: Path) -> None:
    """Wait until a file is there."""
    for _ in range(600):
        if file.exists():
            return
        time.sleep(0.1)
    raise TimeoutError(file)


def is_gone(pid: int) -> bool:
    """Whether a process ends within a minute, which is long after it should."""
    for _ in range(600):
        stat = Path(f"/proc/{pid}/stat")
        if not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.1)
    return False
