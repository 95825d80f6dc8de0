"""What must hold before a candidate goes out. A refusal leaves everything as it was and says so."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from gci.core.atomic_file import write_ahead_log
from gci.core.checksums import sha256
from gci.core.database.warehouse_file import reading
from gci.core.errors import Blocked
from gci.core.gates import GATES, LANDED
from gci.core.gates import PAGES as PAGES_GATE
from gci.core.lines import PARTNERS, vintages
from gci.core.paths import DataFolders
from gci.core.records import Candidate, SignOff
from gci.publish.embargo import must_not_go_before
from gci.publish.since_review import must_be_approved
from gci.site.stage import FOLDER as PAGES
from gci.site.stage import pages_digest
from gci.storage.chain import head_of, heads, not_continued, read
from gci.storage.release_log import releases


def check(candidate: Candidate, sign_off: SignOff, folders: DataFolders) -> list[dict[str, Any]]:
    """Hold a candidate against everything that must be so before it is published.

    Args:
        candidate: the candidate, with its gate reports in gates/.
        sign_off: who approved which bytes.
        folders: where the earlier releases lie.

    Returns:
        The reports of the gates, as the gates wrote them.

    Raises:
        Blocked: the file is not the one that was approved; a gate is missing, failed or was about another file; the
            vintage is not the next one; something else was published since the candidate was built; a release of
            another edition waits for its hour; something landed after the review had ended that nobody else has
            approved; it has fewer
            editions than those published, or older vintages; the chain of landing does not
            hold, or does not go on from the candidate and from every release.
    """
    digest = _approved(candidate, sign_off)
    reports = [passed(gate, candidate, digest) for gate in GATES]
    _same_pages(candidate, reports[GATES.index(PAGES_GATE)])
    _next_vintage(candidate, folders)
    must_not_go_before(candidate, folders)
    must_be_approved(candidate, folders)
    _same_history(candidate, folders)
    _keeps_what_is_published(candidate, folders)
    _same_landing(candidate, folders)
    return reports


def _approved(candidate: Candidate, sign_off: SignOff) -> str:
    if not candidate.database.is_file():
        raise Blocked(f"{candidate.database} is not there: build the candidate again. Nothing was published.")
    if write_ahead_log(candidate.database).exists():
        raise Blocked(
            f"{candidate.database} was written to after it was built: {write_ahead_log(candidate.database).name} lies "
            "beside it, and whoever reads the file reads that too. Build the candidate again. Nothing was published."
        )
    digest = sha256(candidate.database)
    if digest != sign_off.candidate_digest:
        raise Blocked(
            f"{candidate.database} is not what {sign_off.name} approved: its SHA-256 is {digest}, the approved one "
            f"{sign_off.candidate_digest}. Have this candidate signed off, or build it again. Nothing was published."
        )
    return digest


def passed(gate: str, candidate: Candidate, digest: str) -> dict[str, Any]:
    """The report of one gate, as the gate wrote it.

    Args:
        gate: its name.
        candidate: the candidate, with its gate reports in gates/.
        digest: SHA-256 of its file.

    Raises:
        Blocked: there is no report that can be read; the gate failed; or it was held on other bytes (`landed`: on other
            inputs).
    """
    file = candidate.folder / "gates" / f"{gate}.json"
    report = _json(file, f"gate {gate} has no report that can be read")
    checks = report.get("checks") or []
    failed = [f"{check.get('check')} on {check.get('table')}" for check in checks if check.get("passed") is not True]
    if report.get("gate") != gate or not checks:
        raise Blocked(f"{file} reports no check of gate {gate}: run the gate again. Nothing was published.")
    if failed:
        raise Blocked(f"gate {gate} failed: {', '.join(failed)}. See {file.parent}. Nothing was published.")
    # The gate `landed` is held before there is a file: it is about what went in.
    about = ("inputs_digest", candidate.inputs_digest) if gate == LANDED else ("candidate_digest", digest)
    if report.get(about[0]) != about[1]:
        raise Blocked(f"{file} is about another build of the candidate: run the gate again. Nothing was published.")
    return report


def _same_pages(candidate: Candidate, report: dict[str, Any]) -> None:
    """Raise Blocked when the pages are others than those that the gate held and the signer saw."""
    folder = candidate.folder / PAGES
    if report.get("pages_digest") != pages_digest(folder):
        raise Blocked(
            f"{folder} was changed after the gate pages was held: run the gate again, and have it signed off anew. "
            "Nothing was published."
        )


def _next_vintage(candidate: Candidate, folders: DataFolders) -> None:
    there = [release.vintage for release in releases(folders) if release.edition == candidate.edition]
    following = max(there, default=0) + 1
    if candidate.vintage != following:
        raise Blocked(
            f"the candidate would become {candidate.edition}@v{candidate.vintage}, but v{following} is next: "
            "a vintage never changes and none is left out. Build the candidate again. Nothing was published."
        )


def _same_history(candidate: Candidate, folders: DataFolders) -> None:
    """Raise Blocked when the candidate was built on other releases than those that are published now."""
    with reading(candidate.database) as connection:
        rows = connection.execute("select edition, vintage, content_digest from releases").fetchall()
    built_on = set(rows)
    now = {(release.edition, release.vintage, release.document["content_digest"]) for release in releases(folders)}
    if built_on != now:
        differing = ", ".join(sorted(f"{edition}@v{vintage}" for edition, vintage, _ in built_on ^ now))
        raise Blocked(
            f"the candidate was built on other releases than those published now ({differing}): "
            "build it again. Nothing was published."
        )


def _keeps_what_is_published(candidate: Candidate, folders: DataFolders) -> None:
    """Raise Blocked when an edition or partner data that is published would not be in the new file at its vintage."""
    due = {release.edition: release.vintage for release in releases(folders)} | {candidate.edition: candidate.vintage}
    with reading(candidate.database) as connection:
        found = dict(connection.execute("select edition, vintage from editions where vintage is not null").fetchall())
    manifest = _json(candidate.folder / "manifest.json", "the candidate's manifest cannot be read")
    found |= {PARTNERS: vintages(manifest).get(PARTNERS)}
    lost = ", ".join(f"{line}@v{vintage}" for line, vintage in sorted(due.items()) if found.get(line) != vintage)
    if lost:
        raise Blocked(f"the candidate does not hold {lost}: build it again. Nothing was published.")


def _same_landing(candidate: Candidate, folders: DataFolders) -> None:
    """Raise Blocked when landing is not what the gate held: a chain that goes on from candidate and releases."""
    manifest = _json(candidate.folder / "manifest.json", "the candidate's manifest cannot be read")
    seals, breaks = read(folders.landing)
    breaks += not_continued(seals, heads(folders), head_of(manifest))
    if breaks:
        told = "; ".join(f"{one.where}: {one.found}; expected: {one.expected}" for one in breaks)
        raise Blocked(f"the chain of landing does not hold ({told}). Nothing was published.")


def _json(file: Path, otherwise: str) -> dict[str, Any]:
    try:
        read = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Blocked(f"{otherwise}: {file} ({error}). Run the gate again. Nothing was published.") from error
    if not isinstance(read, dict):
        raise Blocked(f"{otherwise}: {file}. Run the gate again. Nothing was published.")
    return read
