"""R, with what comes with it and the package readxl, reads a release as docs/analysts.md says, figure by figure."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections import defaultdict
from pathlib import Path

import duckdb
import pytest

from debian_package import brought_by
from gci.core.paths import DataFolders

pytestmark = pytest.mark.slow

READING = Path(__file__).with_name("reading.R")
EDITION = "2024"


@pytest.fixture(scope="module")
def said(published_data: DataFolders) -> dict[str, dict[str, str]]:
    """What R reads, by what it read and key."""
    brought_by("r-base-core", lambda: shutil.which("Rscript"))
    brought_by("r-cran-readxl", _readxl)
    release = published_data.release(EDITION, 1)
    words = ["Rscript", str(READING), str(release), str(release / f"gci_{EDITION}_v1.xlsx")]
    done = subprocess.run(words, capture_output=True, text=True, check=False, env=os.environ | {"LC_ALL": "C.UTF-8"})
    assert done.returncode == 0, done.stderr
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for line in done.stdout.splitlines():
        what, key, value = line.split("\t")
        found[what][key] = value
    return found


def _readxl() -> bool:
    asked = ["Rscript", "-e", "quit(status = !requireNamespace('readxl', quietly = TRUE))"]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


def _due(folders: DataFolders, table: str, column: str) -> dict[str, object]:
    where = f"where edition = '{EDITION}'" if table == "overall_scores" else ""
    with duckdb.connect(str(folders.release(EDITION, 1) / "gci.duckdb"), read_only=True) as connection:
        return dict(connection.execute(f"select iso3, {column} from {table} {where}").fetchall())


@pytest.mark.parametrize("what", ["score", "sheet"])
def test_every_score_is_the_same_double(
    what: str, said: dict[str, dict[str, str]], published_data: DataFolders
) -> None:
    read = {iso3: float(value) if value else None for iso3, value in said[what].items()}
    assert read == _due(published_data, "overall_scores", "score")


@pytest.mark.parametrize("column", ["iso2", "m49", "name_ar"])
def test_codes_and_names_stay_texts(column: str, said: dict[str, dict[str, str]], published_data: DataFolders) -> None:
    assert said[column] == _due(published_data, "member_states", column)
    assert said["iso2"]["NAM"] == "NA"


def test_the_sheet_of_formulas_shows_what_was_published(
    said: dict[str, dict[str, str]], published_data: DataFolders
) -> None:
    first = min(_due(published_data, "overall_scores", "score").items())
    assert float(said["made"]["Overall score"]) == pytest.approx(first[1], abs=1e-9)
