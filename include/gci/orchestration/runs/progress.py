"""Shows a run on the screen: what is being done now, and a line for each step that is done."""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from gci.core import ids
from gci.orchestration.runs.dag_runs import TaskEnd, Watch

STAGES = {
    ids.FETCHED_PARTNERS: "collect",
    ids.FETCH_PARTNER: "collect",
    ids.INBOX: "collect",
    ids.COLLECT_BATCH: "collect",
    ids.HAVE_LANDED: "collect",
    ids.REFUSED_FILES: "collect",
    ids.REFUSED: "collect",
    ids.PLAN: "build",
    ids.GATE_LANDED: "gates",
    ids.BUILD_CANDIDATE: "build",
    ids.AUDIT: "audit",
    ids.GATE_BUILT: "gates",
    ids.WRITE_PAGES: "pages",
    ids.GATE_PAGES: "pages",
    ids.CHOOSE: "sign_off",
    ids.GATE_RELEASE: "gates",
    ids.REQUEST: "sign_off",
    ids.SIGN_OFF: "sign_off",
    ids.APPROVED: "sign_off",
    ids.REJECTED: "sign_off",
    ids.PUBLISH: "publish",
    ids.CHANNELS: "tell",
    ids.TELL: "tell",
}
"""The stage that each task's time counts for."""

_QUIET = frozenset(
    {
        ids.FETCHED_PARTNERS,
        ids.HAVE_LANDED,
        ids.REFUSED_FILES,
        ids.PLAN,
        ids.CHOOSE,
        ids.REQUEST,
        ids.APPROVED,
        ids.REJECTED,
        ids.CHANNELS,
    }
)
_TOLD_AFTER = frozenset({ids.REFUSED})
"""One task for each refused file: the result names them."""
_MARKS = {"success": "[green]✓[/]", "failed": "[red]✗[/]", "awaiting_input": "[yellow]…[/]"}


class Progress:
    """Progress of one run, for people.

    Args:
        screen: where to; None shows nothing, and times are taken all the same.

    Attributes:
        seconds: time by stage.
    """

    def __init__(self, screen: TextIO | None) -> None:
        from rich.console import Console

        self.seconds: dict[str, float] = defaultdict(float)
        self._console = Console(file=screen, quiet=screen is None, highlight=False)
        self._status = self._console.status("")
        self._doing = ""
        self.watch = Watch(began=self._began, ended=self._ended)

    @contextmanager
    def shown(self) -> Iterator[None]:
        """Keep the line of what is being done on the screen meanwhile; log lines of the warehouse refine it."""
        listener = _Listener(self)
        logging.getLogger("gci").addHandler(listener)
        try:
            with self._status:
                yield
        finally:
            logging.getLogger("gci").removeHandler(listener)

    @contextmanager
    def stage(self, name: str, doing: str) -> Iterator[None]:
        """Show and time work that is no task."""
        self._say(doing)
        begin = time.monotonic()
        try:
            yield
        finally:
            self.seconds[name] += time.monotonic() - begin

    def detail(self, message: str) -> None:
        """Refine what is being done."""
        from rich.markup import escape

        self._status.update(f"{self._doing} [dim]{escape(message.splitlines()[0][:100])}[/]" if message else "")

    def _say(self, doing: str) -> None:
        from rich.markup import escape

        self._doing = escape(doing)
        self._status.update(self._doing)

    def _began(self, dag_id: str, task_id: str, number: int, of: int) -> None:
        self._say(f"{dag_id} · {_name(task_id)}" + (f" {number} of {of}" if of > 1 else ""))

    def _ended(self, end: TaskEnd) -> None:
        from rich.markup import escape

        self.seconds[STAGES.get(end.task_id, "other")] += end.seconds
        if end.state == "skipped" or (end.task_id in _QUIET and end.state != "failed") or end.task_id in _TOLD_AFTER:
            return
        label = f" {end.label}" if end.label else ""
        told = escape(f"{end.dag_id} · {_name(end.task_id)}{label}")
        self._console.print(f"{_MARKS.get(end.state, end.state)} {told} [dim]{end.seconds:.1f} s[/]", soft_wrap=True)


def _name(task_id: str) -> str:
    """A task's name without the groups it stands in."""
    return task_id.rpartition(".")[2].replace("_", " ")


class _Listener(logging.Handler):
    """Passes log lines of the warehouse on as what is being done."""

    def __init__(self, progress: Progress) -> None:
        super().__init__(logging.INFO)
        self._progress = progress

    def emit(self, record: logging.LogRecord) -> None:
        """Show the line."""
        self._progress.detail(record.getMessage())
