"""The parts of a server as processes: together, or not at all."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from gci.core.errors import Blocked, TryAgain
from gci.core.paths import DataFolders
from gci.orchestration.local_server.parts import Part, log_file
from gci.orchestration.local_server.supervisor import Supervisor

WAITS = "import time; print('at work', flush=True); time.sleep(600)"
STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('no', flush=True); time.sleep(600)"
)
ENDS = "import sys; print('the disk is gone'); sys.exit(3)"


def _part(name: str, script: str) -> Part:
    return Part(name, (sys.executable, "-c", script), "metadatabase")


@contextmanager
def _healthy() -> Iterator[str]:
    """An address at which all is well."""

    class Says(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"metadatabase": {"status": "healthy"}}')

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Says) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def folders(tmp_path: Path) -> DataFolders:
    return DataFolders(tmp_path)


def _supervisor(folders: DataFolders, *scripts: str) -> Supervisor:
    parts = [_part(f"part {number}", script) for number, script in enumerate(scripts)]
    return Supervisor(parts, folders, dict(os.environ), os.open(os.devnull, os.O_RDONLY))


def _not_stopped(seconds: float) -> bool:
    time.sleep(seconds / 10)
    return False


def _until_said(folders: DataFolders, name: str) -> None:
    while not log_file(name, folders).read_text():
        time.sleep(0.02)


def test_all_come_up_and_all_end(folders: DataFolders) -> None:
    with _healthy() as address, _supervisor(folders, WAITS, WAITS) as supervisor:
        assert supervisor.bring_up(address, 30, _not_stopped)
        for name in ("part 0", "part 1"):
            _until_said(folders, name)
        supervisor.look()
        assert supervisor.stop(30) == []


def test_one_that_does_not_obey_is_killed_and_named(folders: DataFolders) -> None:
    with _healthy() as address, _supervisor(folders, WAITS, STUBBORN) as supervisor:
        assert supervisor.bring_up(address, 30, _not_stopped)
        _until_said(folders, "part 1")
        assert supervisor.stop(0.2) == ["part 1"]


def test_one_that_ends_is_brought_back_and_it_is_said(folders: DataFolders) -> None:
    once = (
        "import pathlib, time; mark = pathlib.Path('ended')\n"
        "if not mark.exists(): mark.touch(); raise SystemExit(3)\nprint('back', flush=True); time.sleep(600)"
    )
    script = once.replace("'ended'", repr(str(folders.root / "ended")))
    with _healthy() as address, _supervisor(folders, WAITS, WAITS) as supervisor:
        assert supervisor.bring_up(address, 30, _not_stopped)
        supervisor._parts = (supervisor._parts[0], _part("part 1", script))
        os.kill(supervisor._running["part 1"].pid, 9)
        told: list[str] = []
        while "back" not in log_file("part 1", folders).read_text():
            told += supervisor.look()
            time.sleep(0.02)
        assert [line.partition(" (")[0] for line in told] == ["part 1 ended by itself"] * 2
        assert "by signal SIGKILL" in told[0]
        assert "exit code 3" in told[1]
        assert supervisor.look() == []


def test_one_that_ends_again_and_again_is_named_with_the_end_of_its_log(folders: DataFolders) -> None:
    with (
        _healthy() as address,
        pytest.raises(Blocked, match=r"(?s)part 1 ended by itself again and again.*the disk is gone"),
        _supervisor(folders, WAITS, ENDS) as supervisor,
    ):
        supervisor.bring_up(address, 30, _not_stopped)
        while True:
            supervisor.look()
            time.sleep(0.02)


def test_parts_that_never_come_to_life_are_named(folders: DataFolders) -> None:
    with pytest.raises(TryAgain, match="part 0"), _supervisor(folders, WAITS, WAITS) as supervisor:
        supervisor.bring_up("http://127.0.0.1:9", 0.1, _not_stopped)


def test_a_stop_while_they_start_is_obeyed(folders: DataFolders) -> None:
    with _supervisor(folders, WAITS, WAITS) as supervisor:
        assert not supervisor.bring_up("http://127.0.0.1:9", 30, lambda _: True)


def test_the_log_of_the_time_before_is_kept(folders: DataFolders) -> None:
    for _ in range(2):
        with _healthy() as address, _supervisor(folders, WAITS) as supervisor:
            supervisor.bring_up(address, 30, _not_stopped)
            _until_said(folders, "part 0")
    log = log_file("part 0", folders)
    assert log.with_name(f"{log.name}.1").read_text() == log.read_text() == "at work\n"
