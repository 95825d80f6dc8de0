"""What two vintages of an edition differ in: what both have, and what corrected reference data explains."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pytest

from gci.core.paths import DataFolders
from gci.inspection.diff import diff
from gci.publish.release import publish
from gci.storage.release_log import find
from small_candidate import sign_off, small_candidate, write_gates

GROUPS = """
create table group_members (edition varchar not null, grouping varchar not null, member_group varchar not null,
    iso3 varchar not null, basis varchar not null, primary key (edition, grouping, member_group, iso3));
create table group_scores (edition varchar not null, grouping varchar not null, member_group varchar not null,
    dimension varchar not null, member_states integer, mean double, primary key (edition, grouping, member_group,
    dimension));
"""

# Tables that a diff asks for and the small candidate has not.
FURTHER = """
create table pillar_scores (edition varchar, iso3 varchar, pillar varchar, score double,
    primary key (edition, iso3, pillar));
create table framework (edition varchar, node varchar, label_en varchar, primary key (edition, node));
"""


@pytest.fixture
def folders(tmp_path: Path) -> DataFolders:
    return DataFolders(tmp_path)


def released(folders: DataFolders, vintage: int, members: Sequence[tuple[str, str]], mean: float, seeds: str) -> None:
    """A vintage of 2024 with these members of groups; every group has the mean."""
    candidate = small_candidate(folders, vintage=vintage, further_tables=GROUPS)
    with duckdb.connect(str(candidate.database)) as connection:
        connection.execute("delete from group_members; delete from group_scores")
        for group, iso3 in members:
            connection.execute(
                "insert into group_members values ('2024', 'development', ?, ?, 'listed')", [group, iso3]
            )
        connection.execute(
            "insert into group_scores select edition, grouping, member_group, 'overall', count(*), ? "
            "from group_members group by edition, grouping, member_group",
            [mean],
        )
    manifest = candidate.folder / "manifest.json"
    said = json.loads(manifest.read_text(encoding="utf-8")) | {"reference": {"states/member_state_groups": seeds}}
    manifest.write_text(json.dumps(said), encoding="utf-8")
    write_gates(candidate)
    publish(candidate, sign_off(candidate), folders)


@pytest.fixture
def corrected(folders: DataFolders) -> DataFolders:
    released(folders, 1, [("ldc", "AFG"), ("sids", "NAM")], 40, "before")
    released(folders, 2, [("ldc", "AFG"), ("ldc", "NAM"), ("sids", "NAM")], 50, "after")
    return folders


def test_the_members_that_moved_and_the_figures_that_they_explain_are_told(corrected: DataFolders) -> None:
    found = diff(find("2024@1", corrected), find("2024@2", corrected), corrected)
    assert found["reference"] == [{"class": "reference data", "seed": "states/member_state_groups"}]
    (moved,) = found["group_members"]
    assert (moved["member_group"], moved["iso3"], moved["what"]) == ("ldc", "NAM", "added")
    because = {figure["member_group"]: figure["because"] for figure in found["group_scores"]}
    assert because == {"ldc": "reference data: with NAM", "sids": "scores of its members changed"}


def test_a_release_from_before_groups_were_published_can_be_compared(folders: DataFolders) -> None:
    first = small_candidate(folders)
    publish(first, sign_off(first), folders)
    released(folders, 2, [("ldc", "AFG")], 40, "after")
    found = diff(find("2024@1", folders), find("2024@2", folders), folders)
    assert found["reference"] == found["group_members"] == found["group_scores"] == []


def test_vintages_of_two_versions_of_the_program_are_compared_in_what_both_have(folders: DataFolders) -> None:
    for vintage, score in ((1, 61.25), (2, 61.5)):
        candidate = small_candidate(folders, vintage=vintage, score=score)
        publish(candidate, sign_off(candidate), folders)
    earlier, later = find("2024@1", folders), find("2024@2", folders)
    for release in (earlier, later):
        release.database.chmod(0o644)
        with duckdb.connect(str(release.database)) as connection:
            connection.execute(FURTHER)
    with duckdb.connect(str(earlier.database)) as connection:
        connection.execute("alter table score_changes drop column comparability")
        connection.execute("alter table reconciliation drop column difference")

    found = diff(earlier, later, folders)

    assert {change["iso3"] for change in found["overall_scores"]} == {"AFG", "NAM"}
    assert found["other_tables"].keys() & {"score_changes", "reconciliation"} == set()
