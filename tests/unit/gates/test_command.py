"""`gci gate`: exit codes, one JSON document, words in place of tracebacks; which file a file is held against."""

from __future__ import annotations

from pathlib import Path

import pytest

from command_line import gci
from gci.core.paths import DataFolders
from gci.gates.run import published_before
from gci.publish.release import publish
from small_candidate import sign_off, small_candidate


@pytest.fixture
def folders(tmp_path: Path) -> DataFolders:
    return DataFolders(tmp_path / "data")


def test_a_file_of_another_shape_fails_with_one_json_document(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("no database")
    done = gci(tmp_path, "gate", str(file), "--json")
    assert done.code == 1
    (entry,) = done.document
    assert (entry["file"], entry["passed"]) == (str(file), False)
    assert {failure["gate"] for failure in entry["failures"]} == {"built", "release"}
    assert all(
        set(failure) == {"gate", "check", "table", "column", "rows", "sample", "message"}
        for failure in entry["failures"]
    )
    assert "Traceback" not in done.err


def test_people_get_a_table(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("no database")
    done = gci(tmp_path, "gate", str(file))
    assert done.code == 1
    assert "file_can_be_opened" in done.out
    assert "no other process is writing to" in done.out
    assert "Traceback" not in done.out + done.err


@pytest.mark.parametrize("arguments", [["nothing.duckdb"], ["."], []])
def test_a_file_that_is_not_there_is_wrong_usage(tmp_path: Path, arguments: list[str]) -> None:
    done = gci(tmp_path, "gate", *arguments)
    assert done.code == 2
    assert "Traceback" not in done.err


def test_a_file_with_few_of_the_tables_fails_and_names_the_others(folders: DataFolders) -> None:
    candidate = small_candidate(folders)
    done = gci(folders.root, "gate", str(candidate.database), "--json")
    assert done.code == 1
    broken = {failure["check"] for entry in done.document for failure in entry["failures"]}
    assert {"framework.columns", "pillar_scores_follow_from_answers"} <= broken


def test_a_file_is_held_against_what_was_published_before_it(folders: DataFolders, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.duckdb"
    elsewhere.write_bytes(b"a file")
    assert published_before(elsewhere, folders) is None
    first = small_candidate(folders, "2020")
    one = publish(first, sign_off(first), folders) / "gci.duckdb"
    second = small_candidate(folders, "2024")
    two = publish(second, sign_off(second), folders) / "gci.duckdb"
    assert published_before(elsewhere, folders) == folders.current
    assert published_before(folders.current, folders) == one
    assert published_before(two, folders) == one
    assert published_before(one, folders) is None
