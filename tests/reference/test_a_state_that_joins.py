"""The one step of docs/adding_an_edition.md, "A state that joins", done for a state that has not joined."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from command_line import GCI
from gci.build.change_detection import reference_digest
from gci.reference.seeds import editions, members
from project_copy import copied_project

# The Cook Islands, after M49 and UNTERM.
ROWS = {
    "states/seed_member_states.csv": "COK,CK,184,Cook Islands,Îles Cook,Islas Cook,جزر كوك,库克群岛,Острова Кука,ASP\n",
    "states/seed_membership.csv": "2026,COK\n",
    "states/seed_member_state_groups.csv": "COK,itu_region,ASP,2025-01-01,,listed,\n",
    "states/seed_group_exceptions.csv": (
        "COK,income,any,2020-01-01,,never_classified,not on the list of the World Bank\n"
    ),
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = copied_project(tmp_path_factory.mktemp("project"))
    for name, row in ROWS.items():
        with (copy / "dbt_project" / "seeds" / name).open("a", encoding="utf-8") as seed:
            seed.write(row)
    names, shared = copy / "include/names/not_members.csv", copy / "include/partners/_defaults.yml"
    lines = names.read_text(encoding="utf-8").splitlines(keepends=True)
    names.write_text("".join(line for line in lines if ",COK," not in line), encoding="utf-8")
    shared.write_text(re.sub(r"    COK: .*\n", "", shared.read_text(encoding="utf-8")), encoding="utf-8")
    return copy


def verdict(project: Path, folder: Path, edition: str, item: str, answer: str) -> tuple[str, list[str]]:
    """What collection says of a return of the new state: the verdict and the codes of the problems."""
    file = folder / "survey" / edition / "COK.csv"
    file.parent.mkdir(parents=True)
    file.write_text(f"edition,iso3,item,answer,evidence_url,comment\n{edition},COK,{item},{answer},,\n")
    done = subprocess.run(
        [str(GCI), "check", str(file), "--json"],
        env=os.environ | {"PYTHONPATH": str(project / "include"), "GCI_DATA": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    (said,) = json.loads(done.stdout)
    return said["verdict"], [problem["code"] for problem in said["problems"]]


def test_its_return_is_taken_for_the_edition_that_it_takes_part_in(project: Path, tmp_path: Path) -> None:
    assert "COK" not in members("2026")
    assert verdict(project, tmp_path, "2026", "ls1.1", "no") == ("accepted", [])


def test_its_return_for_an_earlier_edition_is_refused(project: Path, tmp_path: Path) -> None:
    assert verdict(project, tmp_path, "2024", "ls1", "0.5") == ("refused", ["not_a_member"])


def test_that_edition_has_news_and_no_other(project: Path) -> None:
    seeds = project / "dbt_project" / "seeds"
    touched = {name for name in editions() if reference_digest(name, seeds) != reference_digest(name)}
    assert touched == {"2026"}
