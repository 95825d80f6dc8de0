"""The candidate of an edition: planned from what has landed, built by dbt from nothing, or not there at all."""

from __future__ import annotations

import json
import logging
import shutil
from pathlib import Path

from gci.build.change_detection import has_news, inputs, seed_digests
from gci.build.dbt_job import FOR_PARTNERS, WAREHOUSE, DbtFailed, Job
from gci.build.dbt_run import build_file
from gci.build.kept import FOLDER, project_of
from gci.build.laid_out import lay_out
from gci.build.manifest import MANIFEST, carried_over, documents
from gci.build.report import FAILED, KEPT, write_report
from gci.core.atomic_directory import hidden, tidy
from gci.core.checksums import sha256
from gci.core.database.warehouse_file import write
from gci.core.errors import Blocked, WrongUsage
from gci.core.lines import BUILT, PARTNERS
from gci.core.paths import DataFolders
from gci.core.records import ASKED, Candidate, Kind
from gci.reference.seeds import line
from gci.storage import embargo
from gci.storage.chain import continues, head_of, seal
from gci.storage.damage import Damaged, reading_json
from gci.storage.release_log import latest, whole
from gci.storage.seed_log import note_seeds

PLAN_AGAIN = (
    "It was changed after it was planned. Nothing is lost: the next run plans and builds the candidate again. What is "
    "published is as it was."
)

log = logging.getLogger(__name__)


def plan(edition: str, folders: DataFolders) -> Candidate | None:
    """Settle what the next vintage of an edition, or of the partner release, would be built from.

    The candidate's folder then holds its manifest: whatever lands later goes into a later candidate. A folder of the
    same name with another manifest (something else was published or changed in the meantime) gives way, with
    all that came of it.

    Returns:
        The candidate, not yet built; None when nothing is new since the latest release, or no return has landed; of the
        partner release also as long as no edition is published.

    Raises:
        WrongUsage: there is no such edition.
        Blocked: a release folder is damaged, missing or out of its place; the chain of landing does not hold, or is
            older than a release.
        TryAgain: the disk refused the folder.
    """
    tidy(folders.candidates)
    named = line(edition)
    whole(folders)
    head = seal(folders)
    if named != PARTNERS:
        note_seeds(named, seed_digests(named), folders)
    now = inputs(named, folders)
    if not has_news(now, folders):
        return None
    released = latest(edition, folders)
    vintage = released.vintage + 1 if released else 1
    folder = folders.candidates / f"{edition}-v{vintage}-{now.digest[:12]}"
    texts = documents(now, vintage, folders, head)
    if not embargo.keeps(folder.name, folders):  # approved, it waits for its hour: whatever was decided since
        _settle(folder, _as_settled(folder, texts, folders) or texts)
    return Candidate(edition, vintage, folder, now.digest)


def build(candidate: Candidate, folders: DataFolders, threads: int = 2) -> None:
    """Build the candidate's DuckDB file with dbt from what its manifest names.

    dbt works in a hidden folder; candidate.duckdb and dbt/ then take the place of older ones, the file last. The file
    holds the marts alone and is the same to the byte whenever they are: an approval outlives a second build. All
    layers are in dbt/candidate.duckdb. For the partner release dbt builds what hangs on partners, and the other tables
    are carried over from the release before, which the same code has made (gci.build.manifest). dbt/report.json says
    what came of each model. Of a build that failed, dbt_failed/ keeps the same: the report, dbt's log, the SQL, and
    the file as far as it came.

    Args:
        candidate: what `plan` gave.
        folders: where the landing zone lies.
        threads: how many models dbt builds at a time; the rows do not depend on it.

    Raises:
        WrongUsage: the candidate was not planned.
        Blocked: dbt failed, or an input is damaged; what was there before is as it was.
        TryAgain: the disk refused the file; the same.
    """
    load(candidate.folder)
    before = _carried_file(candidate, folders)
    with hidden(candidate.folder) as part:
        # The documents are read where they stay, so that what dbt compiled can be run again afterwards.
        failed, kept = candidate.folder / FAILED, candidate.folder / KEPT
        shutil.rmtree(failed, ignore_errors=True)
        landed = lay_out(named(candidate), part, folders)
        try:
            with project_of(candidate.folder) as project:
                job = Job(part, candidate.folder, landed, threads, project)
                told = build_file(job, FOR_PARTNERS if before else WAREHOUSE)
        except DbtFailed as error:
            write_report(error.report, part / "dbt")
            (part / "dbt").rename(failed)
            raise Blocked(error.told(failed)) from error
        write_report(told, part / "dbt")
        write(job.file, part / "candidate.duckdb", only=BUILT if before else None, beside=before)
        shutil.rmtree(kept, ignore_errors=True)
        (part / "dbt").rename(kept)
        (part / "candidate.duckdb").replace(candidate.database)


def load(folder: Path) -> Candidate:
    """The candidate in a folder.

    Raises:
        WrongUsage: the folder holds none.
    """
    path = folder / MANIFEST
    try:
        with reading_json(path, PLAN_AGAIN):
            manifest = json.loads(path.read_bytes())
            try:
                edition, vintage, digest = (manifest[name] for name in ("edition", "vintage", "inputs_digest"))
                return Candidate(str(edition), int(vintage), folder, str(digest))
            except (KeyError, TypeError) as error:
                raise ValueError(f"it is JSON, but no manifest: {error}") from error
    except (OSError, Damaged) as error:
        told = f"{folder} holds no candidate. Plan one first: gci.build.candidate.plan."
        raise WrongUsage(told if isinstance(error, FileNotFoundError) else str(error)) from error
    raise AssertionError  # the block above gives a candidate or raises


def readable(folders: DataFolders) -> list[Candidate]:
    """Every candidate in the data folder, in the order of names. One that is damaged is told of and left out."""
    found = []
    for folder in sorted(folders.candidates.glob("[!.]*/")):
        if not (folder / MANIFEST).is_file():
            continue  # rejections/, or something that a person put there
        try:
            found.append(load(folder))
        except WrongUsage as error:
            log.warning("%s", error)
    return found


def named(candidate: Candidate) -> list[tuple[Kind, str]]:
    """Kind and digest of everything that the candidate's manifest names."""
    manifest = json.loads((candidate.folder / MANIFEST).read_text(encoding="utf-8"))
    return sorted({(entry["kind"], entry["digest"]) for entry in manifest["inputs"]})


def _carried_file(candidate: Candidate, folders: DataFolders) -> Path | None:
    """The file whose tables the candidate carries over; None where it carries none over.

    Raises:
        Blocked: it is not there as it was published.
    """
    said = carried_over(candidate.folder)
    if said is None:
        return None
    edition, _, vintage = str(said["release"]).rpartition("@v")
    file = folders.release(edition, int(vintage)) / "gci.duckdb"
    if not file.is_file() or sha256(file) != said["sha256"]:
        raise Blocked(
            f"{file} is not there as it was published, and the partner release has all tables but its own from it. "
            "Bring it back from a backup; the next run plans and builds the candidate again. Nothing was published."
        )
    return file


def _as_settled(folder: Path, texts: dict[str, str], folders: DataFolders) -> dict[str, str] | None:
    """What lies in the folder, where it names but an earlier head of the chain: only files for others came since.

    A request for a sign-off may be under way, and an approval is for exactly one candidate.
    """
    settled = {name: _text(folder / name) or "" for name in texts}
    try:
        before, now = (json.loads(one[MANIFEST]) for one in (settled, texts))
        differing = {name for name in before.keys() | now.keys() if before.get(name) != now.get(name)}
        head = head_of(before)
        is_earlier = differing == {"landing"} and head is not None and continues(head, folders)
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None
    others = all(settled[name] == text for name, text in texts.items() if name != MANIFEST)
    return settled if is_earlier and others else None


def _settle(folder: Path, texts: dict[str, str]) -> None:
    """Make `folder` one that holds these files, unless it does already. Never seen half-written."""
    kept = {path.relative_to(folder).as_posix() for path in (folder / FOLDER).rglob("*.csv")}
    if kept <= texts.keys() and all(_text(folder / name) == text for name, text in texts.items()):
        return
    with hidden(folder) as part:
        (part / "now").mkdir()
        for name, text in texts.items():
            (part / "now" / name).parent.mkdir(parents=True, exist_ok=True)
            (part / "now" / name).write_text(text, encoding="utf-8")
        if (folder / ASKED).is_file():  # a request about what it was stands in Airflow still, and is void
            shutil.copyfile(folder / ASKED, part / "now" / ASKED)
        if folder.exists():
            folder.rename(part / "before")
        (part / "now").rename(folder)


def _text(path: Path) -> str | None:
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else None
