"""The whole way of the data through the warehouse's own functions, without Airflow: inbox to published/."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

from gci.audit.stage import write_audit
from gci.build.candidate import build, plan
from gci.collect.batches import waiting
from gci.collect.collect import collect_files
from gci.collect.replay import replay
from gci.core.checksums import sha256
from gci.core.paths import DataFolders
from gci.core.records import Candidate, SignOff
from gci.gates.report import as_text
from gci.gates.run import run_gate
from gci.publish.release import publish
from gci.site.stage import write_pages

RECEIVED = datetime(2026, 1, 5, 6, tzinfo=UTC)
SIGNED = datetime(2026, 1, 6, 7, 8, 9, tzinfo=UTC)


EDITIONS = ("2020", "2024")
BUILT_AT = {"SOURCE_DATE_EPOCH": "1769904000"}  # 1 February 2026, after it was signed
"""What an environment says for a run at a moment of its own: pages and papers have that moment."""


def publish_editions(
    editions: Iterable[str],
    folders: DataFolders,
    threads: int = 2,
    built: Callable[[Candidate], None] = lambda candidate: None,
) -> None:
    """Replay the editions, collect all of it, and publish one after the other; `built` is told of each candidate."""
    editions = list(editions)
    arrive(editions, folders)
    for edition in editions:
        publish_next(edition, folders, threads, built)


def arrive(editions: Iterable[str], folders: DataFolders) -> None:
    """Replay the editions and collect all of it."""
    for edition in editions:
        replay(edition, None, folders)
    collect(folders)


def collect(folders: DataFolders, received_at: datetime = RECEIVED) -> None:
    """Take in everything that lies in the inbox."""
    for kind in ("survey", "reviews", "partners"):
        collect_files(kind, waiting(kind, folders), received_at, folders)


def publish_next(
    edition: str,
    folders: DataFolders,
    threads: int = 2,
    built: Callable[[Candidate], None] = lambda candidate: None,
) -> Path:
    """Build, gate, sign off and publish the next vintage of an edition, which has news."""
    candidate = plan(edition, folders)
    assert candidate is not None, f"{edition} has no news"
    passed("landed", candidate, folders)
    build(candidate, folders, threads)
    write_audit(candidate)
    built(candidate)
    passed("built", candidate, folders)
    write_pages(candidate)
    passed("pages", candidate, folders)
    passed("release", candidate, folders)
    signed = SignOff("A. Signer", SIGNED.isoformat(), "for the record", sha256(candidate.database), "gci run")
    return publish(candidate, signed, folders)


def passed(gate: str, candidate: Candidate, folders: DataFolders) -> None:
    """Hold the candidate against a gate that it must pass."""
    report = run_gate(gate, candidate, folders)
    assert report.passed, as_text(report)
