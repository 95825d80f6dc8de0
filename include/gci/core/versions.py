"""Which software a release was made with."""

from __future__ import annotations

import hashlib
import platform
import shutil
import subprocess
from functools import cache
from importlib.metadata import version
from pathlib import Path

from gci.core.paths import DBT_PROJECT, EXPECTATIONS, INCLUDE, PARTNERS, PROJECT, SEEDS

_NAMED = (
    "apache-airflow",
    "dbt-core",
    "dbt-duckdb",
    "duckdb",
    "great-expectations",
    "pyarrow",
    "xlsxwriter",
)
_READING = [INCLUDE / "gci" / name for name in ("collect", "diagnostics", "partners", "readers", "reference", "survey")]
_CODE = {".css", ".csv", ".html", ".py", ".sql", ".yml"}
_MADE_BY_RUNS = {"target", "logs", "__pycache__", "dbt_packages"}


@cache
def code_version() -> str:
    """The version of the warehouse, and the first 12 digits of a SHA-256 over its code, models, seeds and suites.

    It is the same for the same files, with or without a git repository around them.
    """
    return f"{version('gci-warehouse')}+{_digest(DBT_PROJECT, EXPECTATIONS, INCLUDE)}"


@cache
def reading_version() -> str:
    """The same of all that decides how the bytes of a file are read: readers, rules, names, partners, seeds."""
    return f"{version('gci-warehouse')}+{_digest(*_READING, INCLUDE / 'names', PARTNERS, SEEDS)}"


def _digest(*roots: Path) -> str:
    digest = hashlib.sha256()
    for root in roots:
        for path in sorted(root.rglob("*")):
            inner = path.relative_to(root)
            if path.is_file() and path.suffix in _CODE and not _MADE_BY_RUNS & set(inner.parts):
                digest.update(f"{root.name}/{inner.as_posix()}\0{path.stat().st_size}\0".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def software() -> dict[str, str]:
    """Name and version of Python and of the packages that take part in what a release holds."""
    return {"python": platform.python_version()} | {name: version(name) for name in _NAMED}


def commit() -> str | None:
    """The git commit that is checked out; None where the code does not lie in a repository or git is absent."""
    if not shutil.which("git"):
        return None
    asked = subprocess.run(
        ["git", "-C", str(PROJECT), "rev-parse", "HEAD"], capture_output=True, text=True, check=False
    )
    return asked.stdout.strip() or None
