"""Files brought through the page: the verdict of `gci check`, and in the inbox whole, under a name of their own."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from gci.collect.check_file import check_file
from gci.collect.replay import replay
from gci.core.paths import DataFolders
from gci.orchestration.ui.upload import places, submit

GOOD, BAD = "survey/2020", "edition,iso3,item,answer,evidence_url,comment\n2020,EST,ls1,1.7,,\n"


@pytest.fixture
def folders(tmp_path: Path) -> DataFolders:
    return DataFolders(tmp_path / "data")


@pytest.fixture
def whole(tmp_path: Path) -> bytes:
    """A return without fault."""
    elsewhere = DataFolders(tmp_path / "elsewhere")
    replay("2020", ["EST"], elsewhere)
    (file,) = (elsewhere.inbox / "survey/2020").iterdir()
    return file.read_bytes()


def lying(folders: DataFolders) -> list[str]:
    """All that is in the data folder, hidden things too."""
    return sorted(path.relative_to(folders.root).as_posix() for path in folders.root.rglob("*") if path.is_file())


def test_an_accepted_file_lies_in_the_inbox_as_it_was_sent(folders: DataFolders, whole: bytes) -> None:
    found = submit("EST.csv", io.BytesIO(whole), GOOD, "accepted", folders)
    assert found.accepted
    assert found.kept == "inbox/survey/2020/EST.csv"
    assert lying(folders) == [found.kept]
    assert (folders.root / found.kept).read_bytes() == whole
    (said,) = check_file(folders.root / found.kept).receipts
    assert [one.as_dict()["problems"] for one in found.receipts] == [said.as_dict()["problems"]]


def test_a_refused_file_is_told_of_and_not_kept_unless_asked_for(folders: DataFolders) -> None:
    found = submit("EST.csv", io.BytesIO(BAD.encode()), GOOD, "accepted", folders)
    assert not found.accepted
    assert [problem.severity for problem in found.receipts[0].problems][:1] == ["error"]
    assert lying(folders) == []
    assert submit("EST.csv", io.BytesIO(BAD.encode()), GOOD, "all", folders).kept == "inbox/survey/2020/EST.csv"


def test_it_is_only_checked_where_that_is_asked(folders: DataFolders, whole: bytes) -> None:
    assert submit("EST.csv", io.BytesIO(whole), GOOD, "nothing", folders).accepted
    assert lying(folders) == []


def test_no_file_takes_the_name_of_another(folders: DataFolders, whole: bytes) -> None:
    for content, place in ((whole, "EST.csv"), (whole, "EST.csv"), (whole + b"\n", "EST (2).csv")):
        found = submit("EST.csv", io.BytesIO(content), GOOD, "all", folders)
        assert found.kept == f"inbox/survey/2020/{place}"
    assert lying(folders) == ["inbox/survey/2020/EST (2).csv", "inbox/survey/2020/EST.csv"]


@pytest.mark.parametrize(
    "name", ["../../published/gci.duckdb", "..\\..\\airflow.cfg", "/etc/passwd", "a/b/EST.csv", "EST.csv"]
)
def test_no_name_leads_out_of_the_inbox(folders: DataFolders, name: str) -> None:
    submit(name, io.BytesIO(BAD.encode()), GOOD, "all", folders)
    assert all(path.startswith("inbox/survey/2020/") and path.count("/") == 3 for path in lying(folders))


@pytest.mark.parametrize("name", ["", "a\0b.csv", "x" * 400 + ".csv", ".hidden.csv", "EST.csv.part", ".."])
def test_a_name_that_collection_would_pass_over_is_told_of(folders: DataFolders, name: str) -> None:
    assert submit(name, io.BytesIO(BAD.encode()), GOOD, "all", folders).wrong
    assert lying(folders) == []


@pytest.mark.parametrize("place", ["", "survey", "survey/1999", "partners/nobody", "../published/2020", "candidates/x"])
def test_a_place_that_is_no_inbox_is_refused(folders: DataFolders, whole: bytes, place: str) -> None:
    assert submit("EST.csv", io.BytesIO(whole), place, "all", folders).wrong
    assert lying(folders) == []


def test_every_inbox_is_offered() -> None:
    assert {"survey", "reviews", "partners"} <= places().keys()
    assert "2026" in places()["survey"]
