"""The warehouse on DuckLake, for when it outgrows one file: the same models and tests, another target of dbt.

The catalog lies in PostgreSQL, the tables as Parquet on object storage: several workers build, many read, each with a
DuckDB of its own. `python -m gci.build.lake CANDIDATE` builds what a candidate is made of into the lake that
GCI_LAKE_CATALOG (e.g. `postgres:dbname=lake host=…`) and GCI_LAKE_DATA (e.g. `s3://bucket/lake`) name. Credentials and
endpoint of the object storage are those of the store (AWS_…). Publication stays with the file.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from gci.build.candidate import load, named
from gci.build.dbt_job import WAREHOUSE, DbtFailed, Job
from gci.build.laid_out import lay_out
from gci.build.report import failures, report
from gci.core.database.connection import connect
from gci.core.database.warehouse_file import quoted
from gci.core.errors import GciError, WrongUsage
from gci.core.paths import DataFolders, data_folders
from gci.core.records import Candidate

if TYPE_CHECKING:
    import duckdb

EXTENSIONS = ("ducklake", "postgres_scanner", "httpfs")
NAMED = ("GCI_LAKE_CATALOG", "GCI_LAKE_DATA")


def build_lake(candidate: Candidate, folders: DataFolders, chosen: Sequence[str] = WAREHOUSE, threads: int = 1) -> None:
    """Build a candidate's tables in the lake, in place of those that are there. Readers see each table whole.

    Args:
        candidate: what is built; its manifest says from what.
        folders: where the landing zone lies.
        chosen: options of dbt that choose what is built; the warehouse when not given.
        threads: how many models at a time.

    Raises:
        WrongUsage: the environment names no lake, or there is no such candidate.
        DbtFailed: the message names the models and tests, and what was wrong with each.
    """
    load(candidate.folder)
    with tempfile.TemporaryDirectory(prefix="gci-lake-") as scratch, _environment(Path(scratch)):
        job = Job(Path(scratch), candidate.folder, lay_out(named(candidate), Path(scratch), folders), threads)
        job.file.parent.mkdir()
        from gci.build.dbt_engine import run_dbt

        outcome = run_dbt("build", job, "--target", "ducklake", "--exclude-resource-type", "unit_test", *chosen)
        told = report(getattr(outcome.result, "results", None) or [], {}, job.file.parent)
        if not outcome.success or failures(told):
            raise DbtFailed(told, outcome.exception, job.file.parent)


@contextmanager
def reading_lake() -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB with the lake attached read-only as `lake` and in use. Raises WrongUsage when none is named."""
    with tempfile.TemporaryDirectory(prefix="gci-lake-") as scratch:
        named = _variables(Path(scratch))
        config: dict[str, Any] = {
            "extension_directory": named["GCI_LAKE_EXTENSIONS"],
            "autoload_known_extensions": False,
        }
        secret = {
            "key_id": os.environ.get("AWS_ACCESS_KEY_ID", ""),
            "secret": os.environ.get("AWS_SECRET_ACCESS_KEY", ""),
            "region": os.environ.get("AWS_DEFAULT_REGION", ""),
            "endpoint": named["GCI_LAKE_ENDPOINT"],
            "use_ssl": named["GCI_LAKE_SSL"],
            "url_style": named["GCI_LAKE_URL_STYLE"],
        }
        with connect(**config) as connection:
            for extension in EXTENSIONS:
                connection.execute(f"load {extension}")
            connection.execute("set TimeZone = 'UTC'")
            given = ", ".join(f"{name} {quoted(value)}" for name, value in secret.items())
            connection.execute(f"create secret (type s3, {given})")
            catalog = quoted(f"ducklake:{os.environ['GCI_LAKE_CATALOG']}")
            connection.execute(f"attach {catalog} as lake (read_only)")
            connection.execute("use lake.main")
            yield connection


@contextmanager
def _environment(scratch: Path) -> Iterator[None]:
    """The variables that the target `ducklake` in profiles.yml reads, for the length of a block."""
    added = _variables(scratch)
    before = {name: os.environ.get(name) for name in added}
    os.environ.update(added)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _variables(scratch: Path) -> dict[str, str]:
    missing = [name for name in NAMED if not os.environ.get(name)]
    if missing:
        raise WrongUsage(f"Set {' and '.join(missing)}: where the lake has its catalog and its data.")
    endpoint = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
    given = {"GCI_LAKE_ENDPOINT": "s3.amazonaws.com", "GCI_LAKE_SSL": "true", "GCI_LAKE_URL_STYLE": "vhost"}
    if endpoint:
        address = urlsplit(endpoint)
        given["GCI_LAKE_ENDPOINT"] = address.netloc
        given["GCI_LAKE_SSL"] = str(address.scheme == "https").lower()
        given["GCI_LAKE_URL_STYLE"] = "path"
    return given | {"GCI_LAKE_EXTENSIONS": str(_extensions(scratch / "extensions"))}


def _extensions(folder: Path) -> Path:
    """Put the extensions of the environment's packages where DuckDB looks for them; nothing is fetched."""
    from duckdb_extensions import import_extension

    folder.mkdir(parents=True, exist_ok=True)
    with connect(extension_directory=str(folder)) as connection:
        for extension in EXTENSIONS:
            import_extension(extension, con=connection)
    return folder


def main() -> None:
    """Build the candidate that is named, in the lake that the environment names."""
    folders = data_folders()
    if len(sys.argv) != 2:
        raise WrongUsage(f"Name a candidate, i.e. a folder in {folders.candidates}.")
    build_lake(load(folders.candidates / sys.argv[1]), folders)


if __name__ == "__main__":
    try:
        main()
    except GciError as error:
        sys.stderr.write(f"gci: {error}\n")
        sys.exit(error.exit_code)
