"""Killed at any moment, two at once, a scheduler beside it: published/ stays as it was and the next run works."""

from __future__ import annotations

import fcntl
import json
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

import pytest

from command_line import asked, begin, gci, start_dags
from held_release import is_held

Person = Callable[[Path, str, str], None]


def _until(process: subprocess.Popen[str], data: Path, pattern: str) -> None:
    """Wait until a file appears that matches the pattern; the process must not end before."""
    while not any(data.glob(pattern)):
        assert process.poll() is None, process.communicate()
        time.sleep(0.01)


def _published(data: Path) -> list[str]:
    return sorted(str(path.relative_to(data)) for path in (data / "published").glob("[!.]*/v*"))


def test_a_kill_while_collecting_loses_no_file(tmp_path: Path) -> None:
    gci(tmp_path, "replay", "--edition", "2020", "--state", "AFG", "--state", "EST", "--state", "FRA")
    with begin(tmp_path, "run", "--edition", "2020") as process:
        _until(process, tmp_path, "landing/files/*")
        process.kill()
    start_dags(tmp_path, ("resume", {}), ("collect_survey", {}))
    assert len(list((tmp_path / "landing/survey").glob("*.parquet"))) == 3 + 1  # the one of no rows
    assert not list((tmp_path / "inbox/survey/2020").iterdir())
    assert asked(tmp_path, "select count(*) from dag_run where state = 'running'") == [(0,)]


def test_a_kill_while_publishing_what_a_person_approved_is_made_good(copied: Path, person: Person) -> None:
    person(copied, "Approve", "compared with the report")
    with begin(copied, "run", "--edition", "2020") as process:
        _until(process, copied, "published/2020/.v1*")
        process.kill()
    assert _published(copied) == []
    done = gci(copied, "run", "--edition", "2020", "--json")
    (edition,) = done.document["editions"]
    assert (done.code, edition["outcome"], edition["signed_by"]) == (0, "published", "index team")
    assert _published(copied) == ["published/2020/v1"]
    signed = json.loads((copied / "published/2020/v1/release.json").read_text(encoding="utf-8"))["sign_off"]
    assert (signed["via"], signed["note"]) == ("airflow", "compared with the report")
    is_held(copied)


@pytest.mark.parametrize("number", [signal.SIGTERM, pytest.param(signal.SIGINT, marks=pytest.mark.slow)])
def test_a_signal_ends_a_run_at_once(copied: Path, number: signal.Signals) -> None:
    shutil.rmtree(copied / "airflow/logs")
    with begin(copied, "run", "--edition", "2020", "--sign-off", "index team") as process:
        _until(process, copied, "airflow/logs/dag_id=collect_survey/*/*")
        process.send_signal(number)
        _, said = process.communicate()
    assert process.returncode == 128 + number
    assert "stopped" in said
    assert "Traceback" not in said
    assert "Warning" not in said
    assert _published(copied) == []


def test_a_second_run_on_the_same_folder_is_refused(copied: Path) -> None:
    with (copied / "airflow/gci-run.lock").open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        done = gci(copied, "run", "--edition", "2020", "--sign-off", "index team")
    assert done.code == 1
    assert "Another process is at work" in done.err
    assert _published(copied) == []


def _moment() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


@contextmanager
def scheduler_elsewhere(data: Path) -> Iterator[None]:
    """The sign of life that a scheduler on another machine gives, again and again."""
    over = Event()

    def beat() -> None:
        while not over.wait(0.3):
            with closing(sqlite3.connect(data / "airflow/airflow.db", timeout=30)) as connection, connection:
                connection.execute("update job set latest_heartbeat = ? where hostname = 'elsewhere'", [_moment()])

    with closing(sqlite3.connect(data / "airflow/airflow.db")) as connection, connection:
        connection.execute(
            "insert into job (job_type, state, start_date, latest_heartbeat, hostname) "
            "values ('SchedulerJob', 'running', ?1, ?1, 'elsewhere')",
            [_moment()],
        )
    beating = Thread(target=beat)
    beating.start()
    try:
        yield
    finally:
        over.set()
        beating.join()


def test_a_run_beside_a_living_scheduler_is_refused(copied: Path) -> None:
    with scheduler_elsewhere(copied):
        done = gci(copied, "run", "--edition", "2020", "--sign-off", "index team")
    assert done.code == 1
    assert "scheduler is running" in done.err
    assert _published(copied) == []


def test_an_unknown_edition_is_wrong_usage(tmp_path: Path) -> None:
    done = gci(tmp_path, "run", "--edition", "1999")
    assert done.code == 2
    assert "1999" in done.err
    assert "Traceback" not in done.err
