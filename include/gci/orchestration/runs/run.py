"""`gci run`: collect, then build, gate, sign off and publish each edition; through the DAGs, without a server."""

from __future__ import annotations

import atexit
import gc
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TextIO

from gci.build.candidate import plan
from gci.build.dbt_run import parse
from gci.collect.batches import waiting
from gci.core import ids
from gci.core.errors import WrongUsage
from gci.core.paths import DataFolders
from gci.core.records import FILE_KINDS
from gci.core.worker_pool import CHECKS, DBT, RARELY, keep_warm, load
from gci.gates.partitioning import warm_up
from gci.orchestration.runs.data_folder_lock import data_folder_lock
from gci.orchestration.runs.progress import Progress
from gci.orchestration.runs.result import RunResult
from gci.orchestration.settings import configure_environment
from gci.reference.seeds import line
from gci.sign_off.answer import get_ready
from gci.sign_off.at_the_hour import due
from gci.sign_off.pending import pending as pending


def run(
    editions: Sequence[str],
    folders: DataFolders,
    sign_off: str | None = None,
    note: str = "",
    screen: TextIO | None = None,
    report: Callable[[RunResult], None] = lambda _: None,
) -> RunResult:
    """Take what lies in the inbox all the way, as far as gates and sign-off let it.

    Each edition is built after the one before it is published, since a candidate holds all that is published.

    Args:
        editions: the editions to bring out, in this order; `partners` for the partner release.
        folders: the data folder.
        sign_off: who approves, unattended; None stops before publishing and leaves the request for a person.
        note: what the signer has to say.
        screen: where progress is shown; None for nowhere.
        report: takes the result as soon as it stands: before anyone is told, which may take as long as a channel
            that does not answer.

    Returns:
        What it came to. A kill at any moment leaves published/ as it was, and the next run begins what is missing.

    Raises:
        WrongUsage: an edition is not known, or nobody's name was given.
        TryAgain: another run, or a scheduler, is at work on this data folder.
    """
    named = [line(edition) for edition in dict.fromkeys(editions)]
    if sign_off is not None and not sign_off.strip():
        raise WrongUsage("--sign-off needs the name of the one who signs.")
    progress = Progress(screen)
    with data_folder_lock(folders, "`gci run`"):
        # What it costs is written down in docs/operations.md: under a server it is on.
        os.environ.setdefault("AIRFLOW__OPENLINEAGE__DISABLED", "True")
        configure_environment(folders)
        if any(waiting(kind, folders) for kind in FILE_KINDS):
            load(DBT, CHECKS)
        with keep_warm():
            return _run(named, folders, sign_off and sign_off.strip(), note, progress, report)


def _run(
    editions: list[str],
    folders: DataFolders,
    sign_off: str | None,
    note: str,
    progress: Progress,
    report: Callable[[RunResult], None],
) -> RunResult:
    # Airflow and whatever hangs on its settings are imported from here on, and not before `configure_environment`.
    from gci.orchestration.runs.logs import RunLogs
    from gci.storage.latest import tell_readers
    from gci.storage.published import recover

    gc.set_threshold(*RARELY)
    atexit.register(gc.freeze)  # the last look takes a second, and all goes with the process
    logs = RunLogs(folders)
    with progress.shown():
        with progress.stage("start", "starting Airflow"), logs.quiet():
            runs = _dag_runs(logs, folders, progress)
            recover(folders)
        from gci.orchestration.runs.edition import EditionRun
        from gci.orchestration.runs.recovery import resume

        answered = resume(runs)

        collected = [runs.start(ids.COLLECT_SURVEY), runs.start(ids.COLLECT_PARTNERS)]
        # After collecting: what landed may have moved an hour.
        tell_readers(folders)
        at_the_hour = [runs.start(ids.RELEASE_AT_HOUR)] if due(folders) else []
        if _has_news(editions, folders):
            _prepare_engines(will_answer=sign_off is not None)
        listed = [files for end in collected for files in end.results.get(ids.REFUSED_FILES, [])]
        refused = tuple(refusal for files in listed for refusal in files)
        failures = tuple(
            f"{end.dag_id} · {end.task_id}: {end.message}"
            for outcome in (*collected, *at_the_hour)
            for end in outcome.failed()
            if end.task_id not in (ids.REFUSED, ids.FETCH_PARTNER)
        )
        partners = tuple(
            f"{end.label or end.task_id}: {end.message}"
            for outcome in collected
            for end in outcome.failed()
            if end.task_id == ids.FETCH_PARTNER
        )
        results = tuple(
            EditionRun(edition, folders, runs, progress, logs, [*answered, *at_the_hour]).publish(sign_off, note)
            for edition in editions
        )
    result = RunResult(results, refused, failures, dict(progress.seconds), partners)
    report(result)
    with progress.shown():
        return replace(result, untold=_tell(runs))


def _has_news(editions: list[str], folders: DataFolders) -> bool:
    """Whether one of the editions will be built. Where it seems not and is, its engines begin when they are asked."""
    return any(plan(edition, folders) not in (None, *pending(folders, edition)) for edition in editions)


def _prepare_engines(*, will_answer: bool) -> None:
    """Begin the engines' processes: by now what they need has been imported. Nobody waits for them."""
    DBT.prepare(parse)
    CHECKS.prepare(warm_up)
    if will_answer:
        DBT.on_idle(get_ready)


def _tell(runs: Any) -> tuple[str, ...]:
    """Tell the owners, once for the whole run.

    Returns:
        Per channel that could not be told what is wrong with it.
    """
    told = runs.start(ids.TELL_OWNERS)
    return tuple(f"{end.label or end.task_id}: {end.message}" for end in told.failed())


def _dag_runs(logs: Any, folders: DataFolders, progress: Progress) -> Any:
    """Airflow, ready: settings, logging, database, DAGs."""
    import airflow.settings  # noqa: F401  (reads the environment and sets logging up, which `take_over` then turns)

    logs.take_over()
    from gci.core.metrics import switch_on
    from gci.orchestration.runs.dag_runs import DagRuns
    from gci.orchestration.runs.metadata import prepare

    switch_on()
    prepare(folders)
    return DagRuns(logs, progress.watch)
