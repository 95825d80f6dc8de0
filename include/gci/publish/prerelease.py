"""Copies of a release for those who may read it before it is out: each carries its reader's name and is noted."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gci.core.atomic_directory import hidden
from gci.core.checksums import sha256
from gci.core.clock import now
from gci.core.database.warehouse_file import quoted, reading, rows
from gci.core.errors import Blocked, WrongUsage
from gci.core.paths import DataFolders
from gci.publish.formats import xlsx
from gci.publish.formats.about import About, reference_year
from gci.publish.formats.dictionary import dictionary
from gci.reference.decided import landed_decisions
from gci.reference.decisions import Decision, of, standing
from gci.reference.release_hour import release_hours
from gci.storage.embargo import Embargo, waiting
from gci.storage.prerelease import Copy, copies, record

if TYPE_CHECKING:
    import duckdb

_LONGEST = 80  # of a name in the head of a printed page, which has 255 characters for all


def papers(edition: str, vintage: int, folders: DataFolders) -> dict[str, Any]:
    """What a release's papers say of copies that were given before it: who, when, why, approved by whom.

    Returns:
        `prerelease_copies`: per copy its attributes as JSON values; nothing where no copy was given.
    """
    given = [asdict(one) for one in copies(edition, vintage, folders)]
    return {"prerelease_copies": given} if given else {}


def give(edition: str, reader: str, out: Path, folders: DataFolders) -> Path:
    """Write the workbook of a release that waits for its hour, for one reader, and write down that they have it.

    Args:
        edition: the edition.
        reader: their name, as the decision `prerelease_access` has it.
        out: the folder to write to.
        folders: where the release waits.

    Returns:
        The workbook.

    Raises:
        WrongUsage: nothing of the edition waits for its hour.
        Blocked: no decision lets this reader read it today.
        TryAgain: the disk refused.
    """
    waits = waiting(folders).get(edition)
    if waits is None:
        raise WrongUsage(
            f"No approved release of {edition} waits for its hour: there is nothing to copy. `gci embargoed` lists "
            "what waits."
        )
    decision = _may_read(edition, reader, folders)
    moment = now()
    name = f"gci_{edition}_v{waits.vintage}_prerelease_{decision.id}.xlsx"
    with hidden(out / name) as part:
        made = part / name
        with reading(waits.place(folders) / "gci.duckdb") as connection:
            about = _about(connection, waits, decision, moment, folders)
            xlsx.write(connection, about, dictionary(connection, waits.edition), made)
        copy = Copy(
            edition=edition,
            vintage=waits.vintage,
            candidate_digest=waits.digest,
            reader=decision.subject,
            at=moment.isoformat(),
            reason=decision.reason,
            author=decision.author,
            approver=decision.approver,
            decision=decision.id,
            file=name,
            sha256=sha256(made),
        )
        record(copy, folders)  # first: a copy that nobody knows of must not be
        made.replace(out / name)
    return out / name


def _may_read(edition: str, reader: str, folders: DataFolders) -> Decision:
    given = of(standing(landed_decisions(folders)), "prerelease_access")
    own = [one for one in given if one.edition == edition]
    today = now().date().isoformat()
    found = [one for one in own if _spelt(one.subject) == _spelt(reader)]
    if any(one.day <= today for one in found):
        return next(one for one in found if one.day <= today)
    if found:
        raise Blocked(f"{reader} may read {edition} from {found[0].day} on: not yet. Nothing was written.")
    listed = ", ".join(sorted({one.subject for one in own})) or "nobody"
    raise Blocked(
        f"No decision lets {reader} read {edition} before it is out; it lets: {listed}. Decide prerelease_access, and "
        "have it collected. Nothing was written."
    )


def _spelt(name: str) -> str:
    return " ".join(name.split()).casefold()


def _about(
    connection: duckdb.DuckDBPyConnection, waits: Embargo, decision: Decision, moment: datetime, folders: DataFolders
) -> About:
    """What a copy says of itself; its title stands on every printed page."""
    hour = release_hours(folders).get(waits.edition)
    until = f"{hour.said} ({hour.moment:%F %R} UTC)" if hour else "an hour that is not decided yet"
    (row,) = rows(connection, f"from releases where edition = {quoted(waits.edition)} and vintage = {waits.vintage}")
    return replace(
        About.of(row, reference_year(connection, waits.edition), moment),
        title=f"PRE-RELEASE COPY for {decision.subject[:_LONGEST]}: Global Cybersecurity Index {waits.edition}",
        besides={
            "For": decision.subject,
            "Not to be passed on": f"Under embargo until {until}. This copy is for the reader named here alone.",
            "Why": decision.reason,
            "Approved by": f"{decision.approver} (decision {decision.id})",
            "Release": f"{waits.name}, approved by {waits.by}; SHA-256 of the approved file {waits.digest}",
        },
    )
