"""A new edition is made from an earlier one, and what it lacks is said until it lacks nothing."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from gci.core.errors import WrongUsage
from gci.core.paths import DBT_PROJECT
from gci.inspection.edition_check import missing
from gci.inspection.edition_files import new_edition
from gci.reference.seed_files import rows_of, seed_file


@pytest.fixture
def project(tmp_path: Path) -> Path:
    copied = shutil.copytree(DBT_PROJECT, tmp_path / "dbt_project", ignore=shutil.ignore_patterns("target", "logs"))
    return Path(copied)


def fill(file: Path, change: dict[str, str], **at: str) -> None:
    rows = [row | change if at.items() <= row.items() else row for row in rows_of(file)]
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def test_it_has_the_questions_texts_and_members_of_the_one_before(project: Path) -> None:
    new_edition("2028", "2026", project)
    seeds = project / "seeds"
    for seed in ("labels/question_texts", "states/membership", "tiers", "survey/question_dependencies"):
        listed = rows_of(seed_file(seed, seeds))
        of = {name: sum(row["edition"] == name for row in listed) for name in ("2026", "2028")}
        assert of["2028"] == of["2026"] > 0
    before, now = (rows_of(seed_file(f"frameworks/framework_{name}", seeds)) for name in ("2026", "2028"))
    assert [row | {"edition": "2026"} for row in now] == before
    assert '"2026", "2028"]' in (project / "dbt_project.yml").read_text(encoding="utf-8")


def test_what_it_lacks_is_said(project: Path) -> None:
    new_edition("2028", "2026", project)
    seeds = project / "seeds"
    lacking = {one.what for one in missing("2028", seeds)}
    assert lacking == {"calendar", "weights", "form version", "groups", "comparability", "activities"}
    fill(seed_file("frameworks/form_versions", seeds), {"valid_from": "2028-03-01"}, edition="2028")
    dates = {"collection_from": "2028-03-01", "collection_to": "2028-06-30", "published_on": "2028-12-01"}
    fill(seed_file("editions", seeds), dates | {"status": "open"}, edition="2028")
    assert {one.what for one in missing("2028", seeds)} == {"weights", "groups", "comparability", "activities"}


def test_a_text_that_is_not_translated_and_a_weight_that_does_not_sum_up_are_said(project: Path) -> None:
    new_edition("2025", "2024", project)
    seeds = project / "seeds"
    (row, *_) = (row for row in rows_of(seed_file("frameworks/framework_2025", seeds)) if row["level"] == "indicator")
    fill(seed_file("frameworks/framework_2025", seeds), {"weight_numerator": "1"}, node=row["node"])
    fill(seed_file("labels/concept_labels", seeds), {"label": ""}, concept=row["concept"], language="ar")
    told = {(one.what, one.told.partition(":")[0]) for one in missing("2025", seeds)}
    assert {("weights", row["pillar"]), ("translations", "ar")} <= told


def test_an_edition_that_is_there_or_is_no_year_is_not_made(project: Path) -> None:
    for name, earlier in (("2026", "2024"), ("next", "2026"), ("2022", "2024"), ("2028", "2027")):
        with pytest.raises(WrongUsage):
            new_edition(name, earlier, project)
