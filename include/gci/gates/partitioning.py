"""The work of Great Expectations at one gate, in shares that several processes do side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from gci.core.records import Failure
from gci.gates.checks import Check, Outcome, checks_of
from gci.gates.suite import Table


@dataclass(frozen=True)
class Occasion:
    """When a gate is held, and where its pages go.

    Attributes:
        gate: the gate.
        began: when it began to be held, in UTC.
        pages: the folder for Great Expectations' pages; None when nobody wants them.
    """

    gate: str
    began: datetime
    pages: Path | None


def divide(tables: Mapping[Table, Path], shares: int) -> list[dict[Table, Path]]:
    """Tables in at most so many shares of about as much work: each next table goes to the share with least so far."""
    divided: list[dict[Table, Path]] = [{} for _ in range(min(shares, len(tables)))]
    work = [0] * len(divided)
    for table in sorted(tables, key=lambda table: -len(checks_of(table))):
        least = work.index(min(work))
        divided[least][table] = tables[table]
        work[least] += len(checks_of(table))
    return divided


def examine(occasion: Occasion, tables: Mapping[Table, Path]) -> Outcome:
    """Hold tables against their checks, and write the pages. Called in a process of Great Expectations.

    Args:
        occasion: the gate.
        tables: the files of their rows.
    """
    from gci.gates.gx_runner import Examiner
    from gci.gates.rows import read_parts

    examiner = Examiner(occasion.gate, occasion.began)
    outcome = Outcome()
    for table, file in tables.items():
        outcome.take(examiner.table(table, read_parts(file, table.key)))
    if occasion.pages:
        examiner.write_pages(occasion.pages)
    return outcome


def count(occasion: Occasion, checks: Sequence[Check], broken: Sequence[Failure]) -> dict[str, int]:
    """How many rows break each rule, and write the pages of the rules. Called in a process of Great Expectations.

    Args:
        occasion: the gate.
        checks: one for each rule.
        broken: every row that breaks one of them.
    """
    from gci.gates.gx_runner import Examiner

    examiner = Examiner(occasion.gate, occasion.began)
    counts = examiner.rules(checks, broken)
    if occasion.pages:
        examiner.write_pages(occasion.pages)
    return counts


def warm_up() -> None:
    """Have Great Expectations load what it loads at its first check. Called in its processes, ahead of a gate."""
    from gci.gates.gx_runner import Examiner

    check = Check("nothing", None, "ExpectColumnValuesToBeNull", {"column": "nothing"}, "", "")
    examiner = Examiner("nothing", datetime.now(UTC))
    examiner.rules([check], [])
    with TemporaryDirectory(prefix="gci-gates-") as folder:
        examiner.write_pages(Path(folder))
