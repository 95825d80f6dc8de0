"""What lies in the inbox and is not a file of a known folder: refused with a report, or left alone with a reason."""

from __future__ import annotations

import logging
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gci.collect.batches import batches, passed_over, waiting
from gci.collect.collect import collect_files
from gci.core.paths import DataFolders

RECEIVED = datetime(2026, 1, 5, tzinfo=UTC)
GOOD = "edition,iso3,item,answer,evidence_url,comment\n2024,EST,ls1,0.5,,\n"


@pytest.fixture
def folders(tmp_path: Path) -> DataFolders:
    folders = DataFolders(tmp_path)
    (folders.inbox / "survey" / "2024").mkdir(parents=True)
    return folders


LEFT_ALONE = [".hidden.csv", "~$EST.csv", "EST.csv.part", "EST.csv.filepart", "EST.tmp", "EST.csv~"]


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_hidden_files_locks_and_uploads_stay_with_a_reason(
    folders: DataFolders, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    path = folders.inbox / "survey" / "2024" / name
    path.write_text(GOOD)
    assert batches("survey", 10, folders) == []
    assert str(path) in caplog.text
    caplog.clear()
    assert [one for one, reason in passed_over("survey", folders) if reason] == [path]
    with caplog.at_level(logging.WARNING):
        assert collect_files("survey", [path], RECEIVED, folders) == []
    assert path.read_text() == GOOD
    assert str(path) in caplog.text


def test_links_pipes_and_hidden_folders_stay(folders: DataFolders, tmp_path: Path) -> None:
    inbox = folders.inbox / "survey" / "2024"
    secret = tmp_path / "outside.csv"
    secret.write_text(GOOD)
    (inbox / "link.csv").symlink_to(secret)
    (inbox / "folder").symlink_to(tmp_path)
    os.mkfifo(inbox / "pipe.csv")
    (inbox / ".git").mkdir()
    (inbox / ".git" / "config.csv").write_text(GOOD)
    paths = sorted(inbox.iterdir())
    assert waiting("survey", folders) == []
    assert {path.name for path, _ in passed_over("survey", folders)} == {"link.csv", "folder", "pipe.csv", ".git"}
    assert collect_files("survey", paths, RECEIVED, folders) == []
    assert secret.read_text() == GOOD
    assert sorted(inbox.iterdir()) == paths


def test_a_folder_of_returns_is_refused_file_by_file(folders: DataFolders) -> None:
    deeper = folders.inbox / "survey" / "2024" / "from the ministry"
    deeper.mkdir()
    (deeper / "EST.csv").write_text(GOOD)
    (receipt,) = collect_files("survey", waiting("survey", folders), RECEIVED, folders)
    assert [problem.code for problem in receipt.problems] == ["wrong_place"]
    assert (folders.quarantine / "survey" / "2024" / f"EST.csv.{receipt.digest[:8]}" / "report.html").exists()


def test_a_file_without_any_folder_is_put_aside_as_unplaced(folders: DataFolders) -> None:
    path = folders.inbox / "survey" / "EST.csv"
    path.write_text(GOOD)
    (receipt,) = collect_files("survey", [path], RECEIVED, folders)
    assert (folders.quarantine / "survey" / "unplaced" / f"EST.csv.{receipt.digest[:8]}").is_dir()


def test_a_file_that_is_gone_is_passed_over(folders: DataFolders) -> None:
    assert collect_files("survey", [folders.inbox / "survey" / "2024" / "gone.csv"], RECEIVED, folders) == []


def test_names_that_are_not_text_or_too_long_are_collected(folders: DataFolders) -> None:
    inbox = os.fsencode(folders.inbox / "survey" / "2024")
    odd = Path(os.fsdecode(inbox + b"/caf\xe9 <b>&.csv"))
    long = Path(os.fsdecode(inbox)) / ("é" * 120 + ".csv")
    lines = folders.inbox / "survey" / "2024" / "two\nlines.csv"
    for number, path in enumerate((odd, long, lines)):
        path.write_text(GOOD.replace("0.5", str(number + 5)))
    receipts = collect_files("survey", waiting("survey", folders), RECEIVED, folders)
    assert {receipt.verdict for receipt in receipts} == {"refused"}
    assert waiting("survey", folders) == []
    assert len(list(folders.quarantine.glob("survey/2024/*/report.html"))) == 3
    accepted = odd
    accepted.write_text(GOOD)
    (receipt,) = collect_files("survey", [accepted], RECEIVED, folders)
    assert receipt.verdict == "accepted"
    assert receipt.file == "caf\\xe9 <b>&.csv"


def test_batches_hold_every_waiting_file_once(folders: DataFolders) -> None:
    for number in range(7):
        (folders.inbox / "survey" / "2024" / f"{number}.csv").write_text(GOOD)
    assert [len(portion) for portion in batches("survey", 1, folders, most=2)] == [4, 3]
    portions = batches("survey", 3, folders)
    assert [len(portion) for portion in portions] == [3, 3, 1]
    assert [Path(path) for portion in portions for path in portion] == waiting("survey", folders)
    assert batches("reviews", 3, folders) == []
