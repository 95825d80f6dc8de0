"""Vintages of one edition side by side."""

from __future__ import annotations

from pathlib import Path

import duckdb

from gci.paths import DataFolders
from gci.publish.diff import diff
from gci.publish.history import find
from gci.publish.release import publish
from small_candidate import sign_off, small_candidate

# Tables that a diff asks for and the small candidate has not.
FURTHER = """
create table pillar_scores (edition varchar, iso3 varchar, pillar varchar, score double,
    primary key (edition, iso3, pillar));
create table framework (edition varchar, node varchar, label_en varchar, primary key (edition, node));
"""


def test_vintages_of_two_versions_of_the_program_are_compared_in_what_both_have(tmp_path: Path) -> None:
    folders = DataFolders(tmp_path)
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
