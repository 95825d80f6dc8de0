"""Starts the parts of a server, brings one that ends by itself back, and stops all of them."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from types import TracebackType

from gci.core.errors import Blocked, TryAgain
from gci.core.paths import DataFolders
from gci.orchestration.local_server.health import unhealthy
from gci.orchestration.local_server.parts import Part, log_file, settings_of

_Processes = dict[str, "subprocess.Popen[bytes]"]

_LOOK = 0.5  # seconds between two looks at the parts
_TOLD = 20  # lines of its log that are shown of a part that ended
_AT_ONCE = 5.0  # seconds that a part is given when it shall end at once
_BACK, _WITHIN = 3, 3600.0  # so often in so many seconds a part is brought back: what ends more often needs a person


class Supervisor:
    """The parts of one server as processes. A part that ends by itself is brought back, with a word, a few times.

    Args:
        parts: in the order in which they are started.
        folders: the data folder; each part's log lies under its Airflow home.
        settings: the environment of the parts.
        keep: a file handle that the parts inherit: a lock on it lasts as long as any of them.
    """

    def __init__(self, parts: Sequence[Part], folders: DataFolders, settings: Mapping[str, str], keep: int) -> None:
        self._parts = parts
        self._folders = folders
        self._settings = settings
        self._keep = keep
        self._running: _Processes = {}
        self._ended: dict[str, list[float]] = {part.name: [] for part in parts}

    def __enter__(self) -> Supervisor:
        """Nothing is started yet: see `bring_up`."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Let no part outlive the block."""
        self.stop(_AT_ONCE)

    def bring_up(self, address: str, seconds: float, stopped: Callable[[float], bool]) -> bool:
        """Start all parts and wait until they are at work.

        The last one is started when the others are: a scheduler that is there before the api-server starts tasks
        that cannot report to anyone, and fail.

        Args:
            address: where the api-server is reached.
            seconds: how long that may take.
            stopped: waits for so many seconds and says whether somebody wants the server to stop.

        Returns:
            True when they are; False when somebody stopped it before.

        Raises:
            Blocked: a part ended.
            TryAgain: the time is up.
        """
        end = time.monotonic() + seconds
        for parts in (self._parts[:-1], self._parts[-1:]):
            for part in parts:
                self._running[part.name] = self._start(part)
            while waiting := unhealthy(address, parts):
                self._must_run()
                if stopped(_LOOK):
                    return False
                if time.monotonic() > end:
                    raise TryAgain(
                        f"After {seconds:.0f} seconds there is no sign of life from: {', '.join(waiting)}. All parts "
                        f"were stopped. Logs: {log_file('*', self._folders).parent}. Call again, or with longer --wait."
                    )
        return True

    def look(self) -> list[str]:
        """See whether all parts run, and bring back those that do not.

        Returns:
            For each part that was brought back, what to tell about it.

        Raises:
            Blocked: one ends again and again, with the last lines of its log.
        """
        told = []
        for part in self._parts:
            process = self._running.get(part.name)
            if process is None or not _has_ended(process):
                continue
            now = time.monotonic()
            ended = self._ended[part.name] = [at for at in self._ended[part.name] if now - at < _WITHIN] + [now]
            if len(ended) > _BACK:
                self._must_run()
            code = _end_group(process)
            log = log_file(part.name, self._folders)
            self._running[part.name] = self._start(part)
            told.append(
                f"{part.name} ended by itself ({_how(code)}) and was brought back; what it said stands in {log}.1. "
                "Tasks that were at work may be red, or begin anew: look for them."
            )
        return told

    def _must_run(self) -> None:
        """Raise Blocked for a part that has ended."""
        for name, process in self._running.items():
            if _has_ended(process):
                again = " again and again" if len(self._ended[name]) > _BACK else ""
                raise Blocked(
                    f"{name} ended by itself{again}; the other parts were stopped. Nothing is lost: mend the cause and "
                    f"call again. The end of {log_file(name, self._folders)}:\n{self._last_lines(name)}"
                )

    def stop(self, patience: float, hurry: Callable[[], bool] = lambda: False) -> list[str]:
        """Stop all parts, the one that the others report to last.

        Args:
            patience: seconds that tasks at work are given to end; the scheduler waits for them.
            hurry: whether somebody does not want to wait any longer.

        Returns:
            The parts that had to be killed.
        """
        first = self._parts[0].name
        running, self._running = self._running, {}
        others = {name: process for name, process in running.items() if name != first}
        return _end(others, patience, hurry) + _end({first: running[first]} if running else {}, patience, hurry)

    def _start(self, part: Part) -> subprocess.Popen[bytes]:
        log = log_file(part.name, self._folders)
        log.parent.mkdir(parents=True, exist_ok=True)
        if log.exists():
            log.replace(log.with_name(f"{log.name}.1"))
        with log.open("ab") as opened:
            return subprocess.Popen(
                part.command,
                env=settings_of(part, self._settings),
                stdin=subprocess.DEVNULL,
                stdout=opened,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C in the terminal reaches the supervisor alone, which knows the order
                pass_fds=(self._keep,),
            )

    def _last_lines(self, name: str) -> str:
        lines = log_file(name, self._folders).read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join(f"  {line}" for line in lines[-_TOLD:])


def _end(processes: _Processes, patience: float, hurry: Callable[[], bool]) -> list[str]:
    """Ask processes to end, then make them, and with them whatever they started. Returns those that did not obey."""
    for process in processes.values():
        os.kill(process.pid, signal.SIGTERM)  # Popen.terminate would take note of one that has ended
    end = time.monotonic() + patience
    while not all(map(_has_ended, processes.values())) and time.monotonic() < end and not hurry():
        time.sleep(0.05)
    killed = [name for name, process in processes.items() if not _has_ended(process)]
    for process in processes.values():
        _end_group(process)
    return killed


def _end_group(process: subprocess.Popen[bytes]) -> int:
    """End what a part that has ended started, which may hold its port; the part's exit code."""
    with suppress(ProcessLookupError):  # not waited for yet, so the number of its group is still its own
        os.killpg(process.pid, signal.SIGKILL)
    return process.wait()


def _how(code: int) -> str:
    return f"by signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


def _has_ended(process: subprocess.Popen[bytes]) -> bool:
    """Whether a process has ended, without taking note of it: until then nobody else gets its number."""
    return os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
