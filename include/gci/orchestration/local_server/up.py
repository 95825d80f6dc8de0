"""`gci up`: a whole Airflow on one machine, from its preparation to its clean end."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from gci.core.errors import TryAgain, WrongUsage
from gci.core.paths import DataFolders
from gci.orchestration.local_server.banner import ready
from gci.orchestration.local_server.parts import log_file, parts, settings
from gci.orchestration.local_server.prepare import REFUSES, TELLS
from gci.orchestration.local_server.supervisor import Supervisor
from gci.orchestration.runs.data_folder_lock import data_folder_lock
from gci.orchestration.settings import configure_environment
from gci.sign_off.users import passwords, users

_STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_LOOK = 1.0  # seconds between two looks at the parts
_FIRST, _DAY = 600.0, 86_400.0  # seconds until old history is taken away, and again


def up(folders: DataFolders, host: str, port: int, wait: float, grace: float, say: Callable[[str], None]) -> None:
    """Start the server, say when it is ready, and run it until a signal ends it.

    Args:
        folders: the data folder.
        host: interface that the UI listens on.
        port: its port; 0 for any that is free.
        wait: seconds until all parts must be at work.
        grace: seconds that tasks at work are given to end when the server is stopped.
        say: takes what a person should know, line by line.

    Raises:
        WrongUsage: the port is taken, or $GCI_USERS cannot be read.
        TryAgain: something else is at work on this data folder, or the parts did not come to life in time.
        Blocked: a part ended while it started, or ends again and again; all others were stopped.
    """
    known = users()
    port = _free(host, port)
    address = f"http://{'localhost' if host in ('127.0.0.1', '0.0.0.0', '::') else host}:{port}"  # noqa: S104
    stop = _Stop()
    with data_folder_lock(folders, f"`gci up` at {address}", wait, say) as lock:
        configure_environment(folders)
        file = passwords(known, folders)
        say("Preparing Airflow's database …")
        environment = settings(folders, address, known)
        _prepare(environment, say)
        with Supervisor(parts(host, port), folders, environment, lock) as supervisor:
            say("Starting api-server, dag-processor, triggerer and scheduler …")
            if supervisor.bring_up(address, wait, stop.wanted):
                for line in ready(address, known, file, folders):
                    say(line)
                daily = _Daily(environment, folders)
                while not stop.wanted(_LOOK):
                    daily.look()
                    for line in supervisor.look():
                        say(line)
                daily.end()
            say(f"Stopping. Tasks at work have {grace:.0f} s to end; a second Ctrl-C stops them at once.")
            killed = supervisor.stop(grace, stop.at_once)
        say("Stopped." if not killed else f"Stopped; {', '.join(killed)} had to be killed: look for red tasks later.")


def _prepare(environment: dict[str, str], say: Callable[[str], None]) -> None:
    """Have a process make Airflow's home ready. What it has to tell meanwhile begins with `gci: `."""
    command = [sys.executable, "-m", "gci.orchestration.local_server.prepare"]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    ) as made:
        lines = []
        for line in made.stdout or ():
            lines.append(line.strip())
            if line.startswith(TELLS):
                say(line.removeprefix(TELLS).strip())
    if made.returncode:
        said = next((line.removeprefix(REFUSES) for line in lines if line.startswith(REFUSES)), "\n".join(lines[-20:]))
        raise TryAgain("Airflow's database could not be made ready: " + said)


def _free(host: str, port: int) -> int:
    """The port, or a free one for 0."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError as error:
            raise WrongUsage(f"Port {port} on {host}: {error.strerror}. Name another with --port.") from error
        return int(tried.getsockname()[1])


class _Daily:
    """Has Airflow's history kept no longer than it should be: some minutes after the start, then once a day."""

    def __init__(self, environment: dict[str, str], folders: DataFolders) -> None:
        self._environment = environment
        self._log = log_file("retention", folders)
        self._next = time.monotonic() + _FIRST
        self._running: subprocess.Popen[bytes] | None = None

    def look(self) -> None:
        """Begin when it is time, unless the one before is still at it."""
        if self._running and self._running.poll() is None:
            return
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + _DAY
        with self._log.open("wb") as opened:
            self._running = subprocess.Popen(
                [sys.executable, "-m", "gci.orchestration.retention"],
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=opened,
                stderr=subprocess.STDOUT,
            )

    def end(self) -> None:
        """Stop it: the next one goes on."""
        if self._running and self._running.poll() is None:
            self._running.terminate()
            self._running.wait()


class _Stop:
    """Whether somebody wants the server to stop, and how much."""

    def __init__(self) -> None:
        self._wanted = threading.Event()
        self._times = 0
        for number in _STOPPING:
            signal.signal(number, self._take)

    def _take(self, *_: Any) -> None:
        self._times += 1
        self._wanted.set()

    def wanted(self, seconds: float) -> bool:
        """Wait so long for a signal; whether there was one."""
        return self._wanted.wait(seconds)

    def at_once(self) -> bool:
        """Whether it was asked for more than once."""
        return self._times > 1
