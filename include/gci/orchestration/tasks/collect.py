"""Collecting: the inbox in batches, each file to landing or quarantine, each refused file under its own name."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from airflow.sdk import get_current_context, task
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

from gci.core import metrics
from gci.core.errors import GciError
from gci.core.ids import COLLECT_BATCH, HAVE_LANDED, INBOX, REFUSED, REFUSED_FILES, in_group
from gci.core.log_context import log_context
from gci.core.paths import DataFolders, data_folders
from gci.core.records import Kind, Problem, Receipt
from gci.orchestration.hand_overs import Batch, Collected, Refusal
from gci.orchestration.lineage import emit as lineage
from gci.orchestration.tasks.error_mapping import mapped_errors
from gci.orchestration.tasks.instrumented import instrumented
from gci.orchestration.tasks.retries import BUSY_PLACE, LOST_WHILE_READING

log = logging.getLogger(__name__)

# A task costs some 0.1 s here and 0.3 to 2 s under a scheduler: one a file would spend most of a run on the overhead.
BATCH_SIZE = 50
# Although a batch failed for good: the files of the others have landed and can be built from.
_ALSO_AFTER_A_LOST_BATCH = "all_done_min_one_success"


# Listing and moving files may meet a busy disk or share: there a second try helps.
@task(task_id=INBOX, **BUSY_PLACE)
@instrumented
def waiting_batches(kinds: Sequence[Kind]) -> list[Batch]:
    """What waits in the inbox, as batches for mapped tasks.

    Args:
        kinds: the inboxes to look into.

    Returns:
        The batches, all with the same moment: that of the run.

    Raises:
        AirflowSkipException: nothing waits, or what waits is not whole yet. AirflowFailException: a folder cannot be
            read, and nothing else waits; or the clock is behind the newest receipt.
    """
    from gci.collect.batches import UNREADABLE, batches, passed_over
    from gci.collect.moment import moment_of_run
    from gci.storage.door import storage_of

    folders = data_folders()
    with mapped_errors():
        storage = storage_of(folders)
        for kind in kinds:
            storage.inbox.pull(kind)
            storage.landing.pull_verdicts(kind)
        received_at = moment_of_run(folders).isoformat()
    found: list[Batch] = [
        {
            "kind": kind,
            "files": _inside(files, folders),
            "label": _label(kind, number, files),
            "received_at": received_at,
        }
        for kind in kinds
        for number, files in enumerate(batches(kind, BATCH_SIZE, folders), start=1)
    ]
    if not found:
        looked_into = " and ".join(storage.where(folders.inbox / kind) for kind in kinds)
        left = [(path, reason) for kind in kinds for path, reason in passed_over(kind, folders)]
        told = "; ".join(f"{path.name}: {reason}" for path, reason in left)
        if any(reason.startswith(UNREADABLE) for _, reason in left):
            raise AirflowFailException(f"Nothing in {looked_into} can be collected. {told}.")
        if left:
            raise AirflowSkipException(f"Nothing in {looked_into} can be collected yet. {told}.")
        raise AirflowSkipException(f"Nothing waits in {looked_into}: nothing to collect.")
    for batch in found:
        log.info("%s", batch["label"])
    return found


@task(task_id=in_group(COLLECT_BATCH), map_index_template="{{ task.op_kwargs['batch']['label'] }}", **BUSY_PLACE)
@instrumented
def collect_batch(batch: Batch) -> Collected:
    """Collect the files of one batch: each moves to landing or to quarantine.

    Repeated, it says again what became of the files that it had taken before, so that what follows comes out the same.

    Args:
        batch: one of `waiting_batches`.

    Returns:
        What became of its files.
    """
    from gci.collect.already_landed import already_landed
    from gci.collect.collect import collect_files
    from gci.storage.door import storage_of

    folders = data_folders()
    files = [folders.root / file for file in batch["files"]]
    began = datetime.fromisoformat(batch["received_at"])
    with mapped_errors():
        storage = storage_of(folders)
        storage.inbox.pull_files(files)
        receipts = collect_files(batch["kind"], files, began, folders)
        gone = {file.name for file in files if not file.exists()} - {receipt.file for receipt in receipts}
        if gone:
            storage.landing.pull_verdicts(batch["kind"])
        receipts += already_landed(batch["kind"], gone, began, folders)
    for receipt in receipts:
        _log(receipt, folders)
    lineage.collected(batch["kind"], data_folders())
    counted = sum(map(_accepted, receipts))
    metrics.files(batch["kind"], counted, len(receipts) - counted)
    accepted = Counter(receipt.edition or receipt.source or "?" for receipt in receipts if _landed(receipt))
    return {
        "accepted": dict(sorted(accepted.items())),
        "refused": [_refusal(receipt) for receipt in receipts if not _accepted(receipt)],
    }


@task(task_id=in_group(REFUSED_FILES), trigger_rule=_ALSO_AFTER_A_LOST_BATCH, **LOST_WHILE_READING)
def refused_files(collected: Iterable[Collected]) -> list[Refusal]:
    """The refused files of all batches, one entry each, for mapped tasks of their own.

    Raises:
        AirflowSkipException: none was refused.
    """
    refused = [refusal for batch in collected for refusal in batch["refused"]]
    if not refused:
        raise AirflowSkipException("No file was refused.")
    return refused


@task(task_id=in_group(REFUSED), map_index_template="{{ task.op_kwargs['refusal']['label'] }}", **LOST_WHILE_READING)
@instrumented
def report_refused(refusal: Refusal) -> None:
    """Show one refused file: its problems with sheet, row and column, and where its report lies.

    Raises:
        AirflowFailException: always, so that the task is red: this file needs a person.
    """
    for problem in refusal["problems"]:
        log.error("%s: %s", refusal["file"], _told(Problem(**problem)))
    raise AirflowFailException(
        f"{refusal['file']} was refused: what is wrong with it is listed above. Send its sender the report that lies "
        f"beside it in {refusal['quarantine']}; the mended file goes into the inbox as a new one. The other files of "
        "this run were collected."
    )


@task(task_id=in_group(HAVE_LANDED), trigger_rule=_ALSO_AFTER_A_LOST_BATCH, **LOST_WHILE_READING)
def landed(collected: Iterable[Collected]) -> dict[str, int]:
    """What has come into the landing zone in this run: accepted files by edition or source. All of it is sealed.

    Raises:
        AirflowSkipException: nothing was accepted, so that nothing is built anew.
    """
    accepted: Counter[str] = Counter()
    for batch in collected:
        accepted.update(batch["accepted"])
    if not accepted:
        raise AirflowSkipException("No file was accepted: there is nothing new to build from.")
    _seal()
    told: dict[str, Any] = dict(sorted(accepted.items()))
    context = get_current_context()
    for outlet in context["task"].outlets:
        context["outlet_events"][outlet].extra = {"accepted": told}
    return told


def _seal() -> None:
    """Seal what has landed. Where that cannot be, nothing is lost: planning a candidate seals too, and says why not."""
    from gci.storage.chain import seal
    from gci.storage.door import storage_of

    folders = data_folders()
    try:
        storage_of(folders).landing.pull_receipts()
        head = seal(folders)
    except (GciError, OSError) as error:
        log.error("What has landed is not sealed: %s", error)
    else:
        log.info("What has landed is sealed: seal %s, SHA-256 %s.", head.sequence, head.digest)


def _inside(files: Sequence[str], folders: DataFolders) -> list[str]:
    """The paths under $GCI_DATA: any worker finds its own."""
    return [Path(file).relative_to(folders.root).as_posix() for file in files]


def _label(kind: Kind, number: int, files: Sequence[str]) -> str:
    """What the batch is called in the UI, e.g. `survey 1: 2024/AFG.csv … 2024/BEL.csv (50 files)`."""
    first, last = ("/".join(Path(file).parts[-2:]) for file in (files[0], files[-1]))
    return f"{kind} {number}: {first}" if len(files) == 1 else f"{kind} {number}: {first} … {last} ({len(files)} files)"


def _accepted(receipt: Receipt) -> bool:
    return receipt.verdict == "accepted"


def _landed(receipt: Receipt) -> bool:
    """Whether the receipt is of rows that landed: an export has none beside those of its submissions."""
    return _accepted(receipt) and not receipt.parts


def _log(receipt: Receipt, folders: DataFolders) -> None:
    """One line per file, one per problem, and one for the report to the sender of a return that was taken."""
    from gci.storage.door import storage_of
    from gci.storage.landing import report_file

    whose = " ".join(filter(None, (receipt.edition, receipt.iso3, receipt.source)))
    with log_context(edition=receipt.edition, iso3=receipt.iso3, source=receipt.source, digest=receipt.digest):
        log.info("%s: %s (%s, %s of %s items)", receipt.file, receipt.verdict, whose, receipt.answered, receipt.items)
        for problem in receipt.problems:
            level = logging.ERROR if problem.severity == "error" else logging.WARNING
            log.log(level, "%s: %s", receipt.file, _told(problem))
        report = report_file(receipt.digest, folders)
        if _accepted(receipt) and report.is_file():
            log.info("%s: the report that can be sent back lies in %s", receipt.file, storage_of(folders).where(report))


def _told(problem: Problem) -> str:
    """A problem at its place, in a line."""
    places = (("sheet", problem.sheet), ("row", problem.row), ("column", problem.column))
    place = ", ".join(f"{name} {value}" for name, value in places if value is not None) or "the whole file"
    return f"{place}: {problem.told} [{problem.code}]"


def _refusal(receipt: Receipt) -> Refusal:
    """A refused file as plain values; its edition is that of the inbox folder where the file does not say."""
    from gci.collect.quarantine import folder_of
    from gci.storage.door import storage_of

    quarantine = data_folders().quarantine / receipt.kind
    beside = folder_of(receipt, data_folders())
    folder = beside or quarantine
    edition = folder.parent.name if beside and receipt.kind != "partners" else None
    return {
        "label": " · ".join(filter(None, (receipt.iso3 or receipt.source, receipt.file, receipt.part))),
        "file": receipt.file if receipt.part is None else f"{receipt.file}: {receipt.part}",
        "kind": receipt.kind,
        "edition": receipt.edition or edition,
        "iso3": receipt.iso3,
        "digest": receipt.digest,
        "quarantine": storage_of(data_folders()).where(folder),
        "problems": receipt.as_dict()["problems"],
    }
