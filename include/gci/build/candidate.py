"""The candidate of an edition: planned from what has landed, built by dbt from nothing, or not there at all."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from gci.build.dbt_run import DbtFailed, Job, build_file
from gci.build.hidden import hidden, tidy
from gci.build.manifest import MANIFEST, documents
from gci.build.news import has_news, inputs
from gci.build.report import FAILED, KEPT, write_report
from gci.errors import Blocked, WrongUsage
from gci.landing import prepare
from gci.paths import DataFolders
from gci.publish.database import write
from gci.publish.history import latest, whole
from gci.records import Candidate
from gci.reference import edition as known


def plan(edition: str, folders: DataFolders) -> Candidate | None:
    """Settle what the next vintage of an edition would be built from.

    The candidate's folder then holds its manifest: whatever lands later goes into a later candidate. A folder of the
    same name with another manifest (something else was published or changed in the meantime) gives way, with
    all that came of it.

    Returns:
        The candidate, not yet built; None when nothing is new since the latest release, or no return has landed.

    Raises:
        WrongUsage: there is no such edition.
        Blocked: a release folder is damaged, missing or out of its place.
        TryAgain: the disk refused the folder.
    """
    tidy(folders.candidates)
    whole(folders)
    now = inputs(known(edition).edition, folders)
    if not has_news(now, folders):
        return None
    released = latest(edition, folders)
    vintage = released.vintage + 1 if released else 1
    folder = folders.candidates / f"{edition}-v{vintage}-{now.digest[:12]}"
    _settle(folder, documents(now, vintage, folders))
    return Candidate(edition, vintage, folder, now.digest)


def build(candidate: Candidate, folders: DataFolders, threads: int = 2) -> None:
    """Build the candidate's DuckDB file with dbt from what its manifest names.

    dbt works in a hidden folder; candidate.duckdb and dbt/ then take the place of older ones, the file last. The file
    holds the marts alone and is the same to the byte whenever they are: an approval outlives a second build. All
    layers are in dbt/candidate.duckdb. dbt/report.json says what came of each model. Of a build that failed,
    dbt_failed/ keeps the same: the report, dbt's log, the SQL, and the file as far as it came.

    Args:
        candidate: what `plan` gave.
        folders: where the landing zone lies.
        threads: how many models dbt builds at a time; the rows do not depend on it.

    Raises:
        WrongUsage: the candidate was not planned.
        Blocked: dbt failed; what was there before is as it was.
        TryAgain: the disk refused the file; the same.
    """
    load(candidate.folder)
    prepare(folders)
    with hidden(candidate.folder) as part:
        # The documents are read where they stay, so that what dbt compiled can be run again afterwards.
        job = Job(part, candidate.folder, folders.landing, threads)
        failed, kept = candidate.folder / FAILED, candidate.folder / KEPT
        shutil.rmtree(failed, ignore_errors=True)
        try:
            told = build_file(job)
        except DbtFailed as error:
            write_report(error.report, part / "dbt")
            (part / "dbt").rename(failed)
            raise Blocked(error.told(failed)) from error
        write_report(told, part / "dbt")
        write(job.file, part / "candidate.duckdb")
        shutil.rmtree(kept, ignore_errors=True)
        (part / "dbt").rename(kept)
        (part / "candidate.duckdb").replace(candidate.database)


def load(folder: Path) -> Candidate:
    """The candidate in a folder.

    Raises:
        WrongUsage: the folder holds none.
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return Candidate(manifest["edition"], manifest["vintage"], folder, manifest["inputs_digest"])
    except (OSError, ValueError, KeyError) as error:
        raise WrongUsage(f"{folder} holds no candidate ({error}). Plan one first: gci.build.candidate.plan.") from error


def _settle(folder: Path, texts: dict[str, str]) -> None:
    """Make `folder` one that holds these files, unless it does already. Never seen half-written."""
    if all(_text(folder / name) == text for name, text in texts.items()):
        return
    with hidden(folder) as part:
        (part / "now").mkdir()
        for name, text in texts.items():
            (part / "now" / name).write_text(text, encoding="utf-8")
        if folder.exists():
            folder.rename(part / "before")
        (part / "now").rename(folder)


def _text(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None
