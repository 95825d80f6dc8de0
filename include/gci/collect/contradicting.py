"""Files of decisions that come together and contradict each other: which holds, nobody can tell but their authors.

Each file alone may be right. So none of them is taken, whichever a worker came to first, and the others are.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from gci.collect.apart import check_apart
from gci.collect.check import Checked
from gci.core.errors import GciError
from gci.diagnostics.problems import Report, quoted
from gci.reference.decisions import HEADER, Decision, contradictions
from gci.reference.validation_context import ValidationContext
from gci.storage.arrival import arrive
from gci.storage.place import left_alone


def contradicting(
    paths: Sequence[Path], received_at: datetime, book: ValidationContext, beside: Sequence[Decision] = ()
) -> dict[str, Report]:
    """The files that contradict another one of the same inbox.

    Args:
        paths: the files that are about to be collected; what cannot be read now is passed over.
        received_at: when the run began.
        book: what they are held against.
        beside: decisions of a file that is about to be put there, held against them too.

    Returns:
        By SHA-256 of the bytes of each what is wrong with it.
    """
    if len(paths) + bool(beside) < 2:
        return {}
    found = list(beside)
    for path in paths:
        with suppress(OSError, GciError):
            if left_alone(path) is None:
                found += decisions_of(check_apart(arrive(path, "decisions", received_at), book))
    reports: dict[str, Report] = {}
    apart = [replace(one, received_at="") for one in found]
    for earlier, later in contradictions(apart):
        for one, other in ((earlier, later), (later, earlier)):
            report = reports.setdefault(one.digest, Report())
            report.add("decision_contradicts", found=quoted(one.id), other=quoted(other.id))
    by_id: dict[str, Decision] = {}
    for one in apart:
        first = by_id.setdefault(one.id, one)
        if first.said != one.said:
            for report in (reports.setdefault(digest, Report()) for digest in {first.digest, one.digest}):
                report.add("decision_id_taken", found=quoted(one.id))
    return reports


def decisions_of(checked: Checked) -> list[Decision]:
    """The decisions of an accepted file; none of a refused one."""
    if checked.columns is None:
        return []
    rows = zip(*(checked.columns[name] for name in HEADER), strict=True)
    said = [{name: cell or "" for name, cell in zip(HEADER, row, strict=True)} for row in rows]
    return [Decision(**one | {"digest": checked.receipt.digest}) for one in said]


def refused_with(checked: Checked, report: Report | None) -> Checked:
    """The verdict, refused with the problems of the report where there is one."""
    if report is None:
        return checked
    problems = (*report.problems, *checked.receipt.problems)
    return replace(checked, receipt=replace(checked.receipt, verdict="refused", problems=problems), columns=None)
