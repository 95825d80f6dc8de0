"""What blocks a release: what landed and was not built, a build or gate that failed, a sign-off that is not given."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from gci.build.candidate import readable
from gci.build.manifest import MANIFEST
from gci.build.not_built import landed_in_no_candidate
from gci.build.report import FAILED, REPORT, failed_nodes
from gci.core import clock
from gci.core.gates import BUILT, LANDED, PAGES, RELEASE
from gci.core.lines import PARTNERS
from gci.core.modified import modified_at, modified_ns
from gci.core.paths import DataFolders
from gci.core.records import Candidate, CheckResult, GateReport
from gci.gates.report import describe, failures_of, load_reports, rows_in_words
from gci.notifications.notice import Notice, Owner
from gci.publish.embargo import others_wait
from gci.sign_off.open_comments import open_comments
from gci.sign_off.pending import pending
from gci.sign_off.record import rejection
from gci.storage.embargo import Embargo, waiting
from gci.storage.hours import hour_of
from gci.storage.release_log import releases

CHECKS_SHOWN = 10
ROWS_SHOWN = 2
IN_TIME = timedelta(hours=1)
"""How long after its arrival a file may be in no candidate before somebody is told: so often `build_index` looks."""
LATE = timedelta(minutes=15)
"""How long after its hour a release may be unpublished before somebody is told."""
_OWNERS: dict[str, Owner] = {
    LANDED: "data engineer",
    BUILT: "data engineer",
    PAGES: "data engineer",
    RELEASE: "index team",
}


def blocking(folders: DataFolders) -> list[Notice]:
    """What keeps editions from being published now, by edition; of each edition only its newest candidate counts."""
    ready = pending(folders)
    stopped = [notice for candidate in newest(folders) for notice in _stops(candidate, candidate in ready, folders)]
    return [*_not_built(folders), *stopped]


def _not_built(folders: DataFolders) -> Iterator[Notice]:
    """What `build_index` should have taken up by now: it looks every hour, whatever woke it."""
    before = (clock.now() - IN_TIME).isoformat()
    for one in (one for one in landed_in_no_candidate(folders) if one.since < before):
        yield Notice(
            keys=(f"not built:{one.edition}",),
            owner="data engineer",
            what=one.told(),
            do="build_index takes it up within the hour: see whether it is paused, red, or the server is down.",
            since=one.since,
        )


def newest(folders: DataFolders) -> list[Candidate]:
    """Per edition the candidate that was last worked on, unless that vintage is published by now.

    Args:
        folders: the data folder.

    Returns:
        At most one per edition, by edition.
    """
    published: dict[str, int] = {}
    for release in releases(folders):
        published[release.edition] = max(release.vintage, published.get(release.edition, 0))
    found: dict[str, Candidate] = {}
    for candidate in sorted(readable(folders), key=lambda one: _touched(one.folder)):
        if candidate.vintage > published.get(candidate.edition, 0):
            found[candidate.edition] = candidate
    return [found[edition] for edition in sorted(found)]


def _touched(folder: Path) -> tuple[int, str]:
    files = (folder / MANIFEST, folder / "candidate.duckdb", *folder.glob("gates/*.json"), folder / FAILED / REPORT)
    return max((modified_ns(file) or 0 for file in files), default=0), folder.name


def _stops(candidate: Candidate, ready: bool, folders: DataFolders) -> Iterator[Notice]:
    label = f"{candidate.edition} vintage {candidate.vintage}"
    failed = failed_nodes(candidate.folder)
    if failed:
        yield Notice(
            keys=(f"build:{candidate.folder.name}",),
            owner="data engineer",
            what=f"{label} could not be built: dbt failed in {', '.join(one['name'] for one in failed)}.",
            details=tuple(f"{one['name']}: {one['message']}" for one in failed[:CHECKS_SHOWN]),
            where=str(candidate.folder / FAILED / REPORT),
            do="Mend the model or the seed, then clear build_candidate in build_index.",
            since=modified_at(candidate.folder / FAILED / REPORT),
        )
    stopped = [report for report in load_reports(candidate.folder / "gates") if not report.passed]
    yield from (_gate(report, candidate, label) for report in stopped)
    if failed or stopped or not ready:
        return
    said = rejection(candidate)
    if said:
        yield Notice(
            keys=(f"rejected:{candidate.folder.name}",),
            owner="index team",
            what=said,
            do="Send a correction, or put it before someone again: trigger publish_edition for the edition.",
        )
        return
    approved = waiting(folders).get(candidate.edition)
    if approved and approved.candidate == candidate.folder.name:
        yield from _approved(candidate, approved, folders)
        return
    other = others_wait(candidate.edition, folders)
    first = (f"{other.name} is approved and waits for its hour: nothing else goes out before it.",) if other else ()
    yield Notice(
        keys=(f"waits:{candidate.folder.name}",),
        owner="index team",
        what=f"{label} is built and waits for a sign-off.",
        details=(*first, *open_comments(candidate.edition, folders)),
        where=str(candidate.folder / "data_docs" / "index.html"),
        do=f"Read it, then answer in Airflow (Required Actions) or gci run {_option(candidate)} --sign-off.",
        since=modified_at(candidate.database),
    )


def _approved(candidate: Candidate, one: Embargo, folders: DataFolders) -> Iterator[Notice]:
    """What keeps an approved release: that no hour is decided any more, or that nobody was there at its hour."""
    hour = hour_of(candidate.edition, folders)
    if hour is None:
        yield Notice(
            keys=(f"no hour:{candidate.folder.name}",),
            owner="index team",
            what=f"{one.name} was approved by {one.by}, and its hour was revoked: it waits until another is decided.",
            do="Decide a release_hour, or reject it: trigger publish_edition for the edition.",
            since=one.at,
        )
    elif clock.now() - hour.moment > LATE:
        yield Notice(
            keys=(f"late:{candidate.folder.name}",),
            owner="data engineer",
            what=f"{one.name} was to be published at {hour.said}, and is not.",
            do="release_at_hour, or gci run, publishes it: see whether it is paused, red, or the server is down.",
            since=hour.moment.isoformat(),
        )


def _option(candidate: Candidate) -> str:
    return "--partners" if candidate.edition == PARTNERS else f"--edition {candidate.edition}"


def _gate(report: GateReport, candidate: Candidate, label: str) -> Notice:
    broken = [check for check in report.checks if not check.passed]
    shown = [_why(report, check) for check in broken[:CHECKS_SHOWN]]
    more = [f"and {len(broken) - CHECKS_SHOWN} more checks"] if len(broken) > CHECKS_SHOWN else []
    return Notice(
        keys=tuple(f"gate:{candidate.folder.name}:{check.check}" for check in broken),
        owner=_OWNERS[report.gate],
        what=f"Gate {report.gate} stopped {label}: {len(broken)} of {len(report.checks)} checks failed.",
        details=(*shown, *more),
        where=str(candidate.folder / "data_docs" / "index.html"),
        do="The gate's page lists every row. docs/operations.md says what each kind of failure needs.",
        since=modified_at(candidate.folder / "gates" / f"{report.gate}.json"),
    )


def _why(report: GateReport, check: CheckResult) -> str:
    """A check that failed, with the first rows that broke it."""
    told = f"{check.check}: {rows_in_words(check.rows)}; it should hold that {check.message}"
    rows = [describe(one) for one in failures_of(report, check)[:ROWS_SHOWN]]
    more = [f"{check.rows - len(rows)} more"] if rows and check.rows > len(rows) else []
    return ". ".join([told, "; ".join([*rows, *more])]) if rows else told
