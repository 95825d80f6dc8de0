"""dbt and Great Expectations at work in processes of their own, beside the one that runs the DAGs.

All of them keep Python itself busy, and of the threads of one process Python runs one at a time. In processes of their
own they use every core, load while files are still collected, and change nothing in the process that asked: dbt moves
the working directory, it and Great Expectations print.

The processes are split off from one that has imported the engines (multiprocessing's forkserver), and end with whoever
asked, however that ends. A script that asks needs the usual `if __name__ == "__main__"`: they import it too.
"""

from __future__ import annotations

import gc
import json
import logging
import multiprocessing
import os
import signal
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import wait as await_any
from multiprocessing.context import ForkServerContext, ForkServerProcess
from multiprocessing.forkserver import ensure_running
from pathlib import Path
from typing import IO, Any, TypeVar

from gci.core.captured_output import captured_to
from gci.core.errors import TryAgain

_Result = TypeVar("_Result")

RARELY = (50_000, 20, 50)
"""How often Python looks for garbage where Airflow or an engine keeps a million objects. As often as it does by itself,
these looks take a tenth of the time or more."""
_LOOK = 0.1  # seconds between two looks at what an engine has logged


class Work:
    """What an engine has been asked to do, and may still be at.

    Args:
        pool: its processes.
        said: the file to which they log.
        meanwhile: what can be done here while they work; what is done is taken from the list.
    """

    def __init__(self, pool: ProcessPoolExecutor, said: IO[str], meanwhile: list[Callable[[], object]]) -> None:
        self._pool = pool
        self._said = said
        self._meanwhile = meanwhile
        self._rest = ""
        self._futures: list[Future[Any]] = []

    def begin(self, function: Callable[..., Any], *given: Any) -> None:
        """Have a function of a module called as soon as a process is free for it."""
        self._futures.append(self._pool.submit(_work, self._said.name, str(Path.cwd()), function, given))

    def results(self) -> list[Any]:
        """Wait for all that was begun, and log here what the engine logs until then.

        Returns:
            What the functions gave, in the order of beginning. Raises what one of them raised.
        """
        while self._meanwhile and not self.is_done:
            self._meanwhile.pop()()
        while not self.is_done:
            wait(self._futures, timeout=_LOOK)
            self._pass_on()
        self._pass_on()
        return [future.result() for future in self._futures]

    @property
    def is_done(self) -> bool:
        """Whether all of it is."""
        return all(future.done() for future in self._futures)

    def _pass_on(self) -> None:
        *lines, self._rest = (self._rest + self._said.read()).split("\n")
        for line in lines:
            record = logging.makeLogRecord(json.loads(line))
            logger = logging.getLogger(record.name)
            if logger.isEnabledFor(record.levelno):
                logger.handle(record)


class Engine:
    """Processes that do one kind of work.

    Args:
        name: what works in them, for messages.
        module: the module of ours that imports it.
        processes: how many.

    Attributes:
        stays: whether processes stay from one call to the next.
    """

    def __init__(self, name: str, module: str, processes: int) -> None:
        self.module = module
        self.processes = processes
        self.stays = False
        self._name = name
        self._meanwhile: list[Callable[[], object]] = []
        self._kept: ProcessPoolExecutor | None = None

    @contextmanager
    def at_work(self) -> Iterator[Work]:
        """Let the engine work on what the block begins, while the block goes on here.

        A block that ends before the results are there ends the work too.

        Raises:
            TryAgain: a process ended before its work did.
        """
        pool = self._kept or self._begin()
        done = False
        try:
            with tempfile.NamedTemporaryFile("r", encoding="utf-8", prefix="gci-engine-") as said:
                work = Work(pool, said, self._meanwhile)
                try:
                    yield work
                finally:
                    done = work.is_done
        except BrokenProcessPool as error:
            done = False
            raise TryAgain(
                f"The process in which {self._name} worked has ended by itself. Was there memory enough? Call again."
            ) from error
        finally:
            if not done:
                _stop()
            if pool is not self._kept:
                pool.shutdown()

    def ask(self, function: Callable[..., _Result], *given: Any) -> _Result:
        """Have a function of a module called, and wait for what it gives. Raises what it raises, and TryAgain."""
        with self.at_work() as work:
            work.begin(function, *given)
            result: _Result = work.results()[0]
        return result

    def prepare(self, first: Callable[[], object]) -> None:
        """Begin processes that stay, and give each this to do. Nobody waits for it."""
        self.stays = True
        pool = self._kept or self._begin()
        for _ in range(self.processes):
            pool.submit(first)

    def on_idle(self, function: Callable[[], object]) -> None:
        """Do something in this process the next time that it would only wait for the engine."""
        self._meanwhile.append(function)

    def shutdown(self) -> None:
        """Let the processes that have stayed end, after what they are at."""
        if self._kept:
            self._kept.shutdown(cancel_futures=True)
        self._kept = None

    def _begin(self) -> ProcessPoolExecutor:
        load(self)
        pool = ProcessPoolExecutor(self.processes, _Context(), _settle)
        if self.stays:
            self._kept = pool
        return pool


DBT = Engine("dbt", "gci.build.dbt_engine", 1)
CHECKS = Engine("Great Expectations", "gci.gates.gx_runner", min(4, os.cpu_count() or 1))


def load(*engines: Engine) -> None:
    """Begin the process from which those of engines are split off, and let it import these. Nobody waits for it.

    Where it has begun already, nothing is done: processes then import for themselves what it has not.
    """
    multiprocessing.set_forkserver_preload(["__main__", *(engine.module for engine in engines)])
    warned_of = os.environ.get("PYTHONWARNINGS")
    kept_away = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    # A process that is killed leaves semaphores, which multiprocessing takes away; nobody need hear of it.
    os.environ["PYTHONWARNINGS"] = ",".join(filter(None, (warned_of, "ignore:resource_tracker")))
    try:
        ensure_running()
    finally:
        # multiprocessing lets SIGINT and SIGTERM through to this thread, whatever was kept away from it before.
        signal.pthread_sigmask(signal.SIG_SETMASK, kept_away)
        os.environ.pop("PYTHONWARNINGS")
        if warned_of is not None:
            os.environ["PYTHONWARNINGS"] = warned_of


@contextmanager
def keep_warm() -> Iterator[None]:
    """Let the processes that begin within the block stay from one call to the next, and end with it."""
    for engine in (DBT, CHECKS):
        engine.stays = True
    try:
        yield
    finally:
        _stop()
        for engine in (DBT, CHECKS):
            engine.stays = False


class _EngineProcess(ForkServerProcess):
    """Told apart by its class from other processes that this one may have started."""


class _Context(ForkServerContext):
    Process = _EngineProcess


def _stop() -> None:
    """End every process of the engines, whatever it is at."""
    for process in multiprocessing.active_children():
        if isinstance(process, _EngineProcess):
            process.kill()
    for engine in (DBT, CHECKS):
        engine.shutdown()


def _settle() -> None:
    """Called in a process of an engine when it begins: it leaves Ctrl-C to whoever asked, and ends with them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(*RARELY)
    gc.freeze()  # the engine's modules stay: Python need not look through them for garbage, nor write to their pages
    asking = multiprocessing.parent_process()
    assert asking is not None
    threading.Thread(target=_end_with, args=(asking.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    await_any([sentinel])
    os._exit(1)


def _work(said: str, place: str, function: Callable[..., _Result], given: tuple[Any, ...]) -> _Result:
    """Called in a process of an engine: the function, in the same folder, with what is logged and printed in a file."""
    os.chdir(place)
    handler = logging.FileHandler(said, encoding="utf-8")
    handler.setFormatter(_AsJson())
    root = logging.getLogger()
    root.handlers = [handler]  # and not those that libraries have added
    root.setLevel(logging.INFO)  # whoever asked has levels of their own
    logging.captureWarnings(True)
    try:
        with captured_to(logging.getLogger("printed").info):
            return function(*given)
    finally:
        root.handlers = []
        handler.close()


class _AsJson(logging.Formatter):
    """One JSON object a line, from which the record can be made again."""

    def format(self, record: logging.LogRecord) -> str:
        kept = ("name", "levelno", "levelname", "created", "msecs", "process", "processName", "threadName")
        return json.dumps({"msg": super().format(record), **{name: getattr(record, name) for name in kept}})
