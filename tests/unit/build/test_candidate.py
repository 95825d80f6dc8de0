"""Planning and building with the real dbt project: what is made, what is left, what is never touched."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from gci.build.candidate import build, load, plan
from gci.build.report import failed_nodes, read_report
from gci.core.database.query import query
from gci.core.errors import Blocked, TryAgain, WrongUsage
from gci.core.paths import DataFolders
from gci.reference.seeds import member_states
from landed import land_partner, land_replay, land_return
from warehouse import planned, warehouse

SCORED = "select iso3 from overall_scores where score is not null order by iso3"


def scored(database: Path) -> list[str]:
    return [row["iso3"] for row in query(SCORED, "the states with a score", database=database)]


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_nothing_new_is_no_candidate(folders: DataFolders) -> None:
    assert plan("2024", folders) is None
    assert not folders.candidates.exists()


def test_what_is_published_is_no_candidate_again() -> None:
    assert plan("2020", warehouse().folders) is None


def test_a_plan_is_named_after_edition_vintage_and_inputs(folders: DataFolders) -> None:
    land_replay(folders, "2024", ["EST"])
    candidate = planned("2024", folders)
    assert candidate.folder == folders.candidates / f"2024-v1-{candidate.inputs_digest[:12]}"
    assert load(candidate.folder) == candidate
    assert names(candidate.folder) == {
        *("manifest.json", "releases.json", "gate_results.json", "group_members.json", "reference.json"),
        *("figures_before.json", "revisions.json"),
    }


def test_planning_twice_leaves_the_folder_as_it_is(folders: DataFolders) -> None:
    land_replay(folders, "2024", ["EST"])
    candidate = planned("2024", folders)
    (candidate.folder / "gates").mkdir()
    assert plan("2024", folders) == candidate
    assert "gates" in names(candidate.folder)


def test_a_plan_on_other_ground_clears_what_came_of_the_older_one(folders: DataFolders) -> None:
    land_replay(folders, "2024", ["EST"])
    candidate = planned("2024", folders)
    (candidate.folder / "candidate.duckdb").touch()
    (candidate.folder / "asked.json").write_text("who was asked", encoding="utf-8")
    land_partner(folders, "EST", "1")
    assert plan("2024", folders) == candidate
    assert "candidate.duckdb" not in names(candidate.folder)
    assert (candidate.folder / "asked.json").read_text("utf-8") == "who was asked"  # the request is open, and now void
    assert names(folders.candidates) == {candidate.folder.name}


def test_a_disk_that_refuses_is_told_without_a_traceback(folders: DataFolders) -> None:
    land_replay(folders, "2024", ["EST"])
    folders.candidates.write_text("a file where the folder should be")
    with pytest.raises(TryAgain, match="could not be written"):
        plan("2024", folders)


def test_what_a_killed_build_left_a_day_ago_is_taken_away(folders: DataFolders) -> None:
    left, working = folders.candidates / ".2024-v1-0123456789ab.77", folders.candidates / ".2024-v1-0123456789ab.78"
    for folder in (left, working):
        folder.mkdir(parents=True)
    two_days_ago = time.time() - 2 * 24 * 3600
    os.utime(left, (two_days_ago, two_days_ago))
    assert plan("2024", folders) is None
    assert names(folders.candidates) == {working.name}


def test_a_folder_without_a_plan_is_not_built(folders: DataFolders) -> None:
    folder = folders.candidates / "2024-v1-000000000000"
    with pytest.raises(WrongUsage, match="Plan one first"):
        load(folder)


def test_the_folder_of_a_built_candidate_holds_the_file_and_dbts_own_report() -> None:
    candidate = warehouse().both
    assert {"candidate.duckdb", "dbt", "manifest.json", "releases.json"} <= names(candidate.folder)
    assert not [name for name in names(candidate.folder) if name.endswith(".wal")]
    assert not [path for path in candidate.folder.parent.iterdir() if path.name.startswith(".")]
    report = {entry["name"]: entry for entry in read_report(candidate.folder)}
    assert report["overall_scores"]["rows"] == 388
    assert report["member_states"]["rows"] == len(member_states())
    assert {entry["status"] for entry in report.values()} <= {"success", ""}
    assert {test["status"] for entry in report.values() for test in entry["tests"]} == {"pass"}
    assert "select" in Path(report["overall_scores"]["compiled"]).read_text(encoding="utf-8")


def test_after_a_build_another_process_may_write_to_the_file() -> None:
    code = f"import duckdb; duckdb.connect({str(warehouse().first.database)!r}).execute('checkpoint')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_several_builds_in_one_process_and_folder_never_touch_each_other(tmp_path: Path, capsys) -> None:
    """After one that failed, with what lands in between, and in a folder whose name is hard to quote."""
    before = Path.cwd()
    folders = DataFolders(tmp_path / "an other's 100%")
    land_replay(folders, "2024", ["EST"])
    first = planned("2024", folders)
    land_return(folders, "2024", "FIN", {"ls1": "very much"})
    with pytest.raises(Blocked, match="very much"):
        build(planned("2024", folders), folders)
    build(first, folders)
    assert scored(first.database) == ["EST"], "what is not in the manifest must not be read"
    beside = DataFolders(tmp_path / "one")
    land_replay(beside, "2024", ["EST", "FIN"])
    second = planned("2024", beside)
    assert first.folder.name != second.folder.name
    build(second, beside)
    assert scored(second.database) == ["EST", "FIN"]
    assert scored(first.database) == ["EST"]
    assert Path.cwd() == before
    assert capsys.readouterr().out == ""


def test_a_failing_model_is_named_and_leaves_everything_as_it_was(folders: DataFolders) -> None:
    land_replay(folders, "2024", ["EST"])
    good = planned("2024", folders)
    land_return(folders, "2024", "FIN", {"ls1": "very much"})
    bad = planned("2024", folders)
    (bad.folder / "candidate.duckdb").write_text("of an earlier build")
    with pytest.raises(Blocked, match=r"int_answers_sent: .*very much") as caught:
        build(bad, folders)
    assert "what was there before is as it was" in str(caught.value)
    assert (bad.folder / "candidate.duckdb").read_text() == "of an earlier build"
    sql = Path(re.search(r"its SQL: (.*int_answers_sent\.sql)", str(caught.value))[1])
    assert "stg_survey__answers" in sql.read_text(encoding="utf-8")
    assert [one["name"] for one in failed_nodes(bad.folder)] == ["int_answers_sent"]
    assert names(folders.candidates) == {good.folder.name, bad.folder.name}


def test_a_failing_test_is_named_with_its_model_and_its_sql(folders: DataFolders) -> None:
    land_return(folders, "2024", "EST", {"lm1": "0.5"}, collector="neighbour")
    candidate = planned("2024", folders)
    with pytest.raises(Blocked, match=r"stg_survey__answers, test accepted_values_\w+: Got 1 result") as caught:
        build(candidate, folders)
    sql = Path(re.search(r"its SQL: (\S*accepted_values\S*\.sql)", str(caught.value))[1])
    with duckdb.connect(str(candidate.folder / "dbt_failed/candidate.duckdb"), read_only=True) as kept:
        assert kept.execute(sql.read_text(encoding="utf-8")).fetchall() == [("neighbour", 1)]
    told = {model["name"]: model for model in read_report(candidate.folder)}
    assert told["stg_survey__answers"]["status"] == "success"
    assert [test["status"] for test in told["stg_survey__answers"]["tests"]] == ["fail"]
    assert told["answers"]["status"] == "skipped"


def test_a_file_holds_the_marts_alone_and_dbts_own_all_layers() -> None:
    schemas = "select distinct schema_name from {}() where not internal order by 1"
    for database, expected in (
        (warehouse().both.database, ["main"]),
        (warehouse().both.folder / "dbt" / "candidate.duckdb", ["intermediate", "main", "reference", "staging"]),
    ):
        with duckdb.connect(str(database), read_only=True) as connection:
            assert [name for (name,) in connection.execute(schemas.format("duckdb_tables")).fetchall()] == expected
            assert connection.execute(schemas.format("duckdb_views")).fetchall() == []
