"""survey.duckdb: the state of every round, made by dbt from what has landed, was refused and was sent."""

from __future__ import annotations

from pathlib import Path

from gci.build.dbt_job import Job
from gci.build.dbt_run import build_file
from gci.build.decided import changed_seeds
from gci.build.kept import FOLDER, project_of
from gci.build.laid_out import lay_out
from gci.casework.documents import Documents, documents, manifest
from gci.core.atomic_directory import hidden, tidy
from gci.core.atomic_file import replace, sync
from gci.core.database.query import query
from gci.core.database.warehouse_file import write
from gci.core.errors import TryAgain
from gci.core.file_lock import file_lock
from gci.core.paths import DBT_PROJECT, DataFolders
from gci.core.records import OF_EDITIONS
from gci.reference.decided import landed_decisions
from gci.reference.seed_files import rows_of, seed_file
from gci.storage.chain import landed
from gci.storage.door import storage_of

_ALSO = ("evidence_worklist", "returns_received")  # of the warehouse, for whoever follows the round


def refresh(folders: DataFolders, project: Path = DBT_PROJECT) -> bool:
    """Bring survey.duckdb up to what has landed, unless it is so already.

    dbt works in a hidden folder; the new file takes the place of the old one at once, so that readers never wait and a
    kill at any moment leaves the old one. The same landing zone, letters and day give the same file.

    Args:
        folders: where everything lies.
        project: the dbt project.

    Returns:
        Whether the file was made anew.

    Raises:
        Blocked: dbt failed; the file is as it was.
        TryAgain: the disk refused it; the same.
    """
    _at_hand(folders)
    now = documents(folders, project)
    if is_fresh(now, folders):
        return False
    with file_lock(folders.root / f".{folders.survey.name}.lock", wait=True):  # the next refresh waits
        now = documents(folders, project)
        if is_fresh(now, folders):  # another process made it while this one waited
            return False
        tidy(folders.root, f".{folders.survey.name}.*")
        with hidden(folders.survey) as part:
            _make(now, part, folders, project)
    return True


def is_fresh(now: Documents, folders: DataFolders) -> bool:
    """Whether survey.duckdb is made from exactly this. A file that cannot be read is not."""
    if not folders.survey.exists():
        return False
    try:
        made_from = query("select inputs_digest from survey_refresh", "what it was made from", database=folders.survey)
    except TryAgain:
        return False
    return [row["inputs_digest"] for row in made_from] == [now.inputs_digest]


def _at_hand(folders: DataFolders) -> None:
    """Have here what other machines have collected."""
    landing = storage_of(folders).landing
    landing.pull()
    for kind in OF_EDITIONS:
        landing.pull_verdicts(kind)


def _make(now: Documents, part: Path, folders: DataFolders, project: Path) -> None:
    editions = sorted(row["edition"] for row in rows_of(seed_file("editions", project / "seeds")))
    for name, text in changed_seeds(landed_decisions(folders), project / "seeds").items():
        (part / FOLDER / name).parent.mkdir(parents=True, exist_ok=True)
        (part / FOLDER / name).write_text(text, encoding="utf-8")
    for name, text in (now.texts | {"manifest.json": manifest(editions, folders)}).items():
        (part / name).write_text(text, encoding="utf-8")
    own = sorted(path.stem for path in (project / "models" / "survey").glob("*.sql"))
    # Keys are enforced by the tables themselves, and nobody reads dbt's artifacts of this file: both take seconds.
    wanted = [f"+{name}" for name in (*own, *_ALSO)]
    chosen = ("--select", *wanted, "--exclude-resource-type", "test", "--no-write-json")
    made = part / folders.survey.name
    everything = [(one.kind, one.digest) for one in landed(folders) if not one.parts]
    home = lay_out(everything, part, folders, leave_out_damaged=True)
    with project_of(part, project) as decided:
        job = Job(part, part, home, project=decided)
        build_file(job, chosen)
    write(job.file, made, only={*own, *_ALSO})
    sync(made)
    replace(made, folders.survey)
