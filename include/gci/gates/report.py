"""What a gate said, on disk and for people: gates/<gate>.json, gates/failures.parquet, text, the JSON of `gci gate`."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from gci.core import canonical_json
from gci.core.atomic_file import write_over
from gci.core.checksums import sha256
from gci.core.gates import GATES, LANDED
from gci.core.records import Candidate, CheckResult, Failure, GateReport
from gci.partners.freshness import SourceAge
from gci.storage.damage import Damaged, reading_json

log = logging.getLogger(__name__)

SAMPLE = 5


def make_report(gate: str, checks: Iterable[CheckResult], failures: Iterable[Failure]) -> GateReport:
    """A report in a fixed order, whatever the order of the rows was."""
    return GateReport(
        gate,
        tuple(sorted(checks, key=lambda check: check.check)),
        tuple(
            sorted(
                failures,
                key=lambda one: (
                    one.check,
                    one.table,
                    one.column or "",
                    _keys(one),
                    one.found or "",
                    one.expected or "",
                ),
            )
        ),
    )


def write_report(
    report: GateReport, candidate: Candidate, sources: Iterable[SourceAge] = (), pages_digest: str | None = None
) -> None:
    """Write gates/<gate>.json into the candidate's folder, and gates/failures.parquet over all its reports.

    The report names how old each partner's data is, the inputs and, when it is built, the SHA-256 of the file that it
    is about; that of the gate `pages` the digest of the pages too.
    """
    folder = candidate.folder / "gates"
    folder.mkdir(parents=True, exist_ok=True)
    about_file = report.gate != LANDED and candidate.database.is_file()
    document = {
        "gate": report.gate,
        "passed": report.passed,
        "candidate_digest": sha256(candidate.database) if about_file else None,
        "inputs_digest": candidate.inputs_digest,
        "partners": [asdict(source) | {"too_old": source.too_old} for source in sources],
        "checks": [asdict(check) for check in report.checks],
        "failures": [asdict(failure) for failure in report.failures],
    }
    if pages_digest is not None:
        document["pages_digest"] = pages_digest
    write_over(folder / f"{report.gate}.json", canonical_json.document(document, str))
    _write_failures(load_reports(folder), folder / "failures.parquet")


def load_reports(folder: Path) -> list[GateReport]:
    """The reports that lie in a candidate's or release's gates/ folder, in the order of the gates.

    One that is damaged is told of and left out: its gate has not reported, and has to be held again.
    """
    found = []
    for path in (folder / f"{gate}.json" for gate in GATES):
        try:
            found.append(_load(path))
        except FileNotFoundError:
            continue
        except Damaged as error:
            log.warning("%s", error)
    return found


def partner_ages(folder: Path) -> list[dict[str, Any]]:
    """How old each partner's data was when the gate `landed` reported.

    Args:
        folder: the candidate's gates/.

    Returns:
        As the report has them: source, required, stale_days, current_on (ISO day), age_days; empty where it has not.
    """
    path = folder / "landed.json"
    found: list[dict[str, Any]] = json.loads(path.read_text("utf-8")).get("partners", []) if path.is_file() else []
    return found


def _load(path: Path) -> GateReport:
    with reading_json(path, "The gate has to be held again: clear its task, or call `gci run`."):
        document = json.loads(path.read_bytes())
        try:
            return GateReport(
                document["gate"],
                tuple(CheckResult(**check) for check in document["checks"]),
                tuple(Failure(**failure) for failure in document["failures"]),
            )
        except (KeyError, TypeError) as error:
            raise ValueError(f"it is JSON, but no report of a gate: {error}") from error
    raise AssertionError  # the block above gives a report or raises


def _write_failures(reports: list[GateReport], path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    failures = [failure for report in reports for failure in report.failures]
    table = pa.table(
        {
            "gate": pa.array([one.gate for one in failures], pa.string()),
            "check_name": pa.array([one.check for one in failures], pa.string()),
            "table_name": pa.array([one.table for one in failures], pa.string()),
            "column_name": pa.array([one.column for one in failures], pa.string()),
            "keys": pa.array([_keys(one) for one in failures], pa.string()),
            "found": pa.array([one.found for one in failures], pa.string()),
            "expected": pa.array([one.expected for one in failures], pa.string()),
        }
    )
    part = path.with_name(f".{path.name}.{os.getpid()}")
    pq.write_table(table, part)
    part.replace(path)


def _keys(failure: Failure) -> str:
    return json.dumps(failure.keys, sort_keys=True, ensure_ascii=False, default=str)


def as_json(file: str, reports: list[GateReport]) -> dict[str, Any]:
    """One entry of `gci gate --json`.

    A file, whether it passed, each broken check with a sample of its rows, and what the file could not be held against.
    """
    return {
        "file": file,
        "passed": all(report.passed for report in reports),
        "failures": [
            {
                "gate": check.gate,
                "check": check.check,
                "table": check.table,
                "column": check.column,
                "rows": check.rows,
                "sample": [
                    json.loads(_keys(one)) | {"found": one.found, "expected": one.expected}
                    for one in failures_of(report, check)[:SAMPLE]
                ],
                "message": check.message,
            }
            for report in reports
            for check in report.checks
            if not check.passed
        ],
        "not_held": sorted({sentence for report in reports for sentence in report.not_held}),
    }


def failures_of(report: GateReport, check: CheckResult) -> list[Failure]:
    """Every row that broke one check of the report."""
    return [failure for failure in report.failures if failure.check == check.check]


def as_text(report: GateReport, sample: int = SAMPLE) -> str:
    """What the gate said, for a log: one line per broken check, and the first rows that broke it."""
    broken = [check for check in report.checks if not check.passed]
    if not broken:
        return f"gate {report.gate}: passed, {len(report.checks)} checks"
    lines = [f"gate {report.gate}: {len(broken)} of {len(report.checks)} checks failed"]
    for check in broken:
        lines.append(f"  {check.check}: {rows_in_words(check.rows)}; it should hold that {check.message}")
        lines.extend(f"    {describe(one)}" for one in failures_of(report, check)[:sample])
        if check.rows > sample:
            lines.append(f"    … {check.rows - sample} more; all of them: gates/failures.parquet")
    return "\n".join(lines)


def rows_in_words(number: int) -> str:
    """So many rows, as people write it."""
    return f"{number} row{'' if number == 1 else 's'}"


def describe(failure: Failure) -> str:
    """One failing row in a line: where, what is there, what should be."""
    keys = " ".join(f"{name}={value}" for name, value in failure.keys.items())
    place = failure.table + (f".{failure.column}" if failure.column else "")
    return f"{place} {keys}: found {failure.found}, expected {failure.expected}"
