"""Takes files out of the inbox: to the landing zone, or to quarantine, with a report. Nothing is lost at any moment.

The order is what makes it safe to kill: rows land, bytes are kept, receipt and report are written, and only when all of
a batch is on disk do the originals leave the inbox. A run after a kill finds the originals again and finishes.
"""

from __future__ import annotations

import errno
import logging
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from gci.collect.apart import check_apart
from gci.collect.check import Checked
from gci.collect.contradicting import contradicting, refused_with
from gci.collect.quarantine import quarantine, sweep
from gci.core.errors import Blocked, TryAgain
from gci.core.paths import DataFolders
from gci.core.records import Kind, Receipt
from gci.core.versions import reading_version
from gci.diagnostics.problems import Report
from gci.diagnostics.report import as_html, is_due
from gci.reference.validation_context import ValidationContext, validation_context
from gci.storage import landing
from gci.storage.arrival import Arrival, arrive
from gci.storage.claim import take_out
from gci.storage.damage import Damaged
from gci.storage.door import storage_of
from gci.storage.landed_rows import rows_digest
from gci.storage.place import inside_inbox, left_alone

log = logging.getLogger(__name__)

_NO_RIGHT = (errno.EACCES, errno.EPERM, errno.EROFS)
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
_THREADS = 4  # while one has a file read, the others wait for the disk to confirm


def collect_files(
    kind: Kind,
    paths: Sequence[Path],
    received_at: datetime,
    folders: DataFolders,
    book: ValidationContext | None = None,
) -> list[Receipt]:
    """Check files and move each to the landing zone or to quarantine. Safe to repeat and with many workers.

    Args:
        kind: which inbox they lie in.
        paths: the files; one that is gone was taken by another worker and is passed over.
        received_at: when the run began.
        folders: the folders of the warehouse.
        book: what to hold the files against; the project's own seeds when not given.

    Returns:
        A receipt for each file that was taken, in the order of `paths`; that of an export is followed by those of its
        submissions. One whose bytes had landed before carries
        the warning `already_landed`.

    Raises:
        Blocked: a folder may not be written to, or files that were taken may not be removed from the inbox. OSError:
            the disk refuses. Then the inbox is as it was, but for files that were kept before.
    """
    with _the_right_to_write():
        landing.prepare(folders)
        sweep(folders)
        return _collect(kind, paths, received_at, folders, book or validation_context(folders))


def _collect(
    kind: Kind, paths: Sequence[Path], received_at: datetime, folders: DataFolders, rules: ValidationContext
) -> list[Receipt]:
    apart = contradicting(paths, received_at, rules) if kind == "decisions" else {}
    with ThreadPoolExecutor(_THREADS) as pool:
        tried = list(pool.map(lambda path: _take(path, kind, received_at, folders, rules, apart), paths))
    taken = [one for one in tried if one is not None]
    landing.sync(folders, [kind])
    stay = [told for arrival, _ in taken if (told := _leave(arrival, folders))]
    if stay:
        raise Blocked(
            f"{len(stay)} of {len(taken)} files were collected and cannot be taken out of the inbox, e.g. {stay[0]}. "
            "Nothing is lost and nothing counts twice: they have landed, or lie in quarantine. Give this user the "
            "right to write to the folders of the inbox (chmod, chown, a file system that is not read-only), or make "
            "room on its disk, then call again."
        )
    return [receipt for _, receipts in taken for receipt in receipts]


@contextmanager
def _the_right_to_write() -> Iterator[None]:
    """Says in words that a folder may not be written to: no second try helps, and it is not "nothing to collect"."""
    try:
        yield
    except OSError as error:
        if error.errno not in _NO_RIGHT:
            raise
        raise Blocked(
            f"{error.filename2 or error.filename}: {error.strerror}. Files were not collected and stay in the inbox: "
            "give the user that collects the right to write there, then run again (in Airflow: clear the task)."
        ) from error


def _leave(arrival: Arrival, folders: DataFolders) -> str:
    """Take a collected file out of the inbox. Says why it may not be removed; empty when it has left or is newer."""
    if arrival.still_there():  # a newer file of the same name stays for the next run
        storage_of(folders).inbox.acknowledge(arrival.path, arrival.digest)
        try:
            take_out(arrival)
        except OSError as error:
            if error.errno not in _NO_RIGHT + _NO_ROOM:
                raise
            return f"{arrival.path} ({error.strerror})"
    return ""


def _take(
    path: Path,
    kind: Kind,
    received_at: datetime,
    folders: DataFolders,
    book: ValidationContext,
    apart: Mapping[str, Report],
) -> tuple[Arrival, list[Receipt]] | None:
    """Check one file and write it where it belongs; None when it is gone, left alone or cannot be read yet."""
    if (reason := left_alone(path)) is not None:
        if path.exists():
            log.warning("%s stays in the inbox: %s", path, reason)
        return None
    part = landing.part(folders)
    try:
        arrival = arrive(path, kind, received_at, copy_to=part)
        checked = refused_with(check_apart(arrival, book), apart.get(arrival.digest))
        place = _folder(path, kind)
        # The submissions of an export first: its own receipt says that all of them are where they belong.
        parts = [_take_submission(one, place, folders) for one in checked.parts]
        return arrival, [_put(part, checked, path.suffix.lower(), place, folders), *parts]
    except FileNotFoundError:
        if path.exists():
            raise
        return None
    except (TryAgain, Damaged) as error:
        log.warning("%s stays in the inbox: %s", path, error)
        return None
    finally:
        part.unlink(missing_ok=True)


def _take_submission(checked: Checked, place: str | None, folders: DataFolders) -> Receipt:
    """Write one submission where it belongs, as the return of its own that it is."""
    part = landing.part(folders)
    try:
        part.write_bytes(checked.content or b"")
        return _put(part, checked, ".json", place, folders)
    finally:
        part.unlink(missing_ok=True)


def _put(part: Path, checked: Checked, suffix: str, place: str | None, folders: DataFolders) -> Receipt:
    """Write what was checked, whose bytes lie in `part`, to landing or quarantine, and give the receipt that holds."""
    receipt = checked.receipt
    if receipt.verdict == "refused":
        storage_of(folders).landing.push_refused(quarantine(part, receipt, place, folders))
        return receipt
    checked = _with_digest(checked)
    table = checked.table
    first = table is None or landing.land(table, receipt.kind, receipt.digest, folders)
    landing.keep_file(part, receipt.digest, suffix, folders)
    return _receipt(checked, first, folders)


def _with_digest(checked: Checked) -> Checked:
    """The same with the digest of its rows on the receipt."""
    if checked.table is None:
        return checked
    named = replace(checked.receipt, rows_digest=rows_digest(checked.table), read_by=reading_version())
    return replace(checked, receipt=named)


def _receipt(checked: Checked, first: bool, folders: DataFolders) -> Receipt:
    """Write the receipt of a file whose rows have landed, and the report on it where one is due; give what holds."""
    receipt = checked.receipt
    held = None if first and not receipt.parts else landing.read_receipt(receipt.digest, folders)
    is_new = False
    if held is None:
        # A killed run or another worker landed the rows, with its own times: the receipt must agree.
        held = receipt if first else _with_digest(checked.as_of(landing.as_landed(receipt, folders))).receipt
        is_new = landing.write_receipt(held, folders)
    if is_due(held):
        landing.write_report(held.digest, as_html(held), folders)
    if is_new:
        return held
    report = Report(held.language)
    report.add("already_landed", received_at=held.received_at, file=held.file)
    return replace(held, problems=(*report.problems, *held.problems))


def _folder(path: Path, kind: Kind) -> str | None:
    """The edition or source whose folder a file lies in; None for one that lies in none."""
    inside = inside_inbox(path, kind) or ()
    return inside[0] if len(inside) > 1 else None
