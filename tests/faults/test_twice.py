"""The same bytes twice, a newer file of the same name, the same fault twice."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from markupsafe import escape

from gci.collect.collect import collect_files
from gci.collect.quarantine import folder_of, refusals
from gci.core.paths import DataFolders
from gci.notifications.arrivals import key_of
from gci.storage import landing
from gci.storage.arrival import arrive

FIRST = datetime(2026, 1, 5, tzinfo=UTC)
LATER = datetime(2026, 2, 1, tzinfo=UTC)
HEADER = "edition,iso3,item,answer,evidence_url,comment\n"


@pytest.fixture
def folders(tmp_path: Path) -> DataFolders:
    return DataFolders(tmp_path)


def put(folders: DataFolders, name: str, rows: str) -> Path:
    path = folders.inbox / "survey" / "2024" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER + rows)
    return path


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_the_same_bytes_again_change_nothing_and_leave_the_inbox(folders: DataFolders) -> None:
    (first,) = collect_files("survey", [put(folders, "EST.csv", "2024,EST,ls1,0.5,,\n")], FIRST, folders)
    landed = tree(folders.landing)
    copy = put(folders, "sent again.csv", "2024,EST,ls1,0.5,,\n")
    (again,) = collect_files("survey", [copy], LATER, folders)
    assert tree(folders.landing) == landed
    assert not copy.exists()
    assert [problem.code for problem in again.problems] == ["already_landed"]
    assert "EST.csv" in again.problems[0].message
    assert (again.verdict, again.received_at, again.file) == ("accepted", first.received_at, "EST.csv")


def test_two_files_of_the_same_bytes_in_one_batch_land_once(folders: DataFolders) -> None:
    paths = [put(folders, name, "2024,EST,ls1,0.5,,\n") for name in ("a.csv", "b.csv")]
    receipts = collect_files("survey", paths, FIRST, folders)
    assert sorted(len(receipt.problems) for receipt in receipts) == [0, 1]
    assert len(landing.receipts(folders)) == 1
    assert not any(path.exists() for path in paths)


def test_a_newer_return_lands_beside_the_older_one(folders: DataFolders) -> None:
    collect_files("survey", [put(folders, "EST.csv", "2024,EST,ls1,0.5,,\n")], FIRST, folders)
    collect_files("survey", [put(folders, "EST.csv", "2024,EST,ls1,0.75,,\n")], LATER, folders)
    assert [receipt.received_at[:10] for receipt in landing.receipts(folders)] == ["2026-01-05", "2026-02-01"]


def test_the_same_fault_again_gives_the_same_report(folders: DataFolders) -> None:
    collect_files("survey", [put(folders, "EST.csv", "2024,EST,ls1,5,,\n")], FIRST, folders)
    put_aside = tree(folders.quarantine)
    path = put(folders, "EST.csv", "2024,EST,ls1,5,,\n")
    (again,) = collect_files("survey", [path], LATER, folders)
    assert tree(folders.quarantine) == put_aside
    assert again.verdict == "refused"
    assert not path.exists()
    assert len(refusals(folders)) == 1


def test_a_file_that_is_refused_in_one_folder_is_taken_in_the_right_one(folders: DataFolders) -> None:
    wrong = folders.inbox / "survey" / "2020" / "EST.csv"
    wrong.parent.mkdir(parents=True)
    wrong.write_text(HEADER + "2024,EST,ls1,0.5,,\n")
    (refused,) = collect_files("survey", [wrong], FIRST, folders)
    (taken,) = collect_files("survey", [put(folders, "EST.csv", "2024,EST,ls1,0.5,,\n")], LATER, folders)
    assert (refused.verdict, taken.verdict, taken.problems) == ("refused", "accepted", ())
    assert refused.digest == taken.digest


def test_rows_that_landed_without_their_receipt_keep_their_own_times(folders: DataFolders) -> None:
    (first,) = collect_files("survey", [put(folders, "EST.csv", "2024,EST,ls1,0.5,,\n")], FIRST, folders)
    (folders.landing / "receipts" / f"{first.digest}.json").unlink()  # as a kill between the two would leave it
    (again,) = collect_files("survey", [put(folders, "copy.csv", "2024,EST,ls1,0.5,,\n")], LATER, folders)
    assert again == first
    assert landing.receipts(folders) == [first]


def test_a_file_that_was_replaced_meanwhile_is_no_longer_the_one_that_was_read(folders: DataFolders) -> None:
    path = put(folders, "EST.csv", "2024,EST,ls1,0.5,,\n")
    arrival = arrive(path, "survey", FIRST)
    assert arrival.still_there()
    newer = put(folders, "newer.csv", "2024,EST,ls1,0.75,,\n")
    newer.replace(path)
    assert not arrival.still_there()
    path.unlink()
    assert not arrival.still_there()


def test_two_refused_files_of_the_same_bytes_have_a_report_each(folders: DataFolders) -> None:
    deeper = [put(folders, f"{office}/EST.csv", "2024,EST,ls1,5,,\n") for office in ("ministry", "regulator")]
    paths = [*deeper, *(put(folders, name, "2024,EST,ls1,5,,\n") for name in ("a.csv", "b.csv"))]
    receipts = collect_files("survey", paths, FIRST, folders)
    assert len({receipt.digest for receipt in receipts}) == 1
    places = [folder_of(receipt, folders) for receipt in receipts]
    assert len(set(places)) == 4
    for place, receipt in zip(places, receipts, strict=True):
        assert place is not None
        page = (place / "report.html").read_text("utf-8")
        assert all(escape(problem.message) in page for problem in receipt.problems)
    assert len({key_of(receipt) for receipt in receipts}) == 3  # told of under its name, once
    assert len(refusals(folders)) == 4
