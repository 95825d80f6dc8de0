from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest

from gci.build.kept import FOLDER, REFERENCE, kept_seeds, of_edition, project_of
from gci.core.paths import DBT_PROJECT, SEEDS, DataFolders
from gci.reference.seed_files import rows_of
from gci.storage.release_log import Release


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """The seeds, to be changed."""
    return Path(shutil.copytree(SEEDS, tmp_path / "seeds"))


def released(folders: DataFolders, edition: str, seeds: Path | None = None) -> Release:
    """A release that kept the rows that its edition has in these seeds; None for one that kept nothing."""
    folder = folders.release(edition, 1)
    folder.mkdir(parents=True)
    if seeds is not None:
        (folder / REFERENCE).write_text(json.dumps(of_edition(edition, seeds)), encoding="utf-8")
    return Release(edition, 1, folder, {})


def renamed(seeds: Path, edition: str) -> None:
    file = seeds / "frameworks" / f"seed_framework_{edition}.csv"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("Substantive law", "Criminal law"), encoding="utf-8")


def test_nothing_is_kept_where_nothing_was_corrected(folders: DataFolders) -> None:
    assert kept_seeds([released(folders, "2020", SEEDS), released(folders, "2024", SEEDS)]) == {}
    assert kept_seeds([released(folders, "2026")]) == {}


def test_a_seed_keeps_the_rows_of_the_editions_that_do_not_move_and_no_others(
    folders: DataFolders, seeds: Path
) -> None:
    releases = [released(folders, "2020", SEEDS)]
    with (seeds / "seed_tiers.csv").open("a", encoding="utf-8") as tiers:
        tiers.write("2020,1,T1,Role-modelling,95\n2024,6,T6,Nothing,0\n")
    renamed(seeds, "2020")
    renamed(seeds, "2024")
    kept = kept_seeds(releases, seeds)
    assert list(kept) == [f"{FOLDER}/frameworks/framework_2020.csv", f"{FOLDER}/tiers.csv"]
    rows = list(csv.DictReader(kept[f"{FOLDER}/frameworks/framework_2020.csv"].splitlines()))
    assert rows == rows_of(SEEDS / "frameworks" / "seed_framework_2020.csv")
    held = {(row["edition"], row["tier"]) for row in csv.DictReader(kept[f"{FOLDER}/tiers.csv"].splitlines())}
    assert ("2020", "1") not in held
    assert ("2024", "6") in held


def test_the_project_has_the_kept_seeds_and_else_its_own(tmp_path: Path) -> None:
    with project_of(tmp_path) as project:
        assert project == DBT_PROJECT
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "tiers.csv").write_text("edition,tier,code,label_en,minimum\n", encoding="utf-8")
    with project_of(tmp_path) as project:
        assert rows_of(project / "seeds" / "seed_tiers.csv") == []
        assert rows_of(project / "seeds" / "seed_editions.csv") == rows_of(SEEDS / "seed_editions.csv")
        assert (project / "dbt_project.yml").is_file()
    assert not project.exists()
