"""check_file: what a receipt says beyond its problems, and the rows that land."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from gci.collect.check import kind_of
from gci.collect.check_file import check_file

FOLDERS = [
    *(("ncsi", ".xlsx"), ("ncsi", ".csv"), ("ncsi", ".XLSX"), ("budapest_convention", ".html")),
    *(("budapest_convention", ".htm"), ("cirt_teams", ".json"), ("cirt_teams", ".jsonl"), ("data360", ".tsv")),
]
RECEIVED = datetime(2026, 1, 5, 6, 0, tzinfo=UTC)
HEADER = "edition,iso3,item,answer,evidence_url,comment\n"
REVIEWS = "edition,iso3,item,verdict,answer,reason,reviewer,reviewed_on\n"


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_return_says_how_complete_it_is(tmp_path: Path) -> None:
    path = write(tmp_path / "any name.csv", HEADER + "2024,EST,ls1,0.5,,\n2024,EST,ls2,,,later\n")
    receipt = check_file(path, received_at=RECEIVED).receipt
    assert (receipt.edition, receipt.iso3, receipt.collector) == ("2024", "EST", "state")
    assert (receipt.answered, receipt.items) == (1, 20)
    assert receipt.received_at == "2026-01-05T06:00:00.000000+00:00"
    assert len(receipt.digest) == 64


def test_the_rows_of_a_return(tmp_path: Path) -> None:
    text = HEADER + '2024,EST,ls1,"0,5",https://www.ria.ee/,"two\nlines"\n2024,EST,ls2,,,\n'
    table = check_file(write(tmp_path / "EST.csv", text), received_at=RECEIVED).table
    assert table is not None
    first, second = table.to_pylist()
    assert first | {"return_digest": "", "modified_at": None} == {
        "return_digest": "",
        "edition": "2024",
        "iso3": "EST",
        "collector": "state",
        "item": "ls1",
        "answer": "0.5",
        "evidence_url": "https://www.ria.ee/",
        "comment": "two\nlines",
        "file": "EST.csv",
        "sheet": None,
        "row": 2,
        "received_at": datetime(2026, 1, 5, 6, 0),  # noqa: DTZ001 - landed as UTC without a zone
        "modified_at": None,
        "form_version": None,
        "synthetic": False,
        "addition": False,
    }
    assert (second["row"], second["answer"], second["comment"]) == (4, None, None)


def test_the_rows_of_a_review_file(tmp_path: Path) -> None:
    text = (
        REVIEWS + "2024,EST,ls1,accepted,,,Index team,2024-05-31\n2024,SLV,ls1,changed,0,No law,Index team,2024-06-01\n"
    )
    checked = check_file(write(tmp_path / "reviews.csv", text), "reviews", received_at=RECEIVED)
    assert checked.table is not None
    assert (checked.receipt.edition, checked.receipt.iso3) == ("2024", None)
    rows = checked.table.to_pylist()
    assert [(row["iso3"], row["verdict"], row["answer"], row["reason"], row["reviewed_on"]) for row in rows] == [
        ("EST", "accepted", None, None, date(2024, 5, 31)),
        ("SLV", "changed", "0.0", "No law", date(2024, 6, 1)),
    ]


def test_a_refused_file_has_no_rows(tmp_path: Path) -> None:
    checked = check_file(write(tmp_path / "EST.csv", HEADER + "2024,EST,ls1,5,,\n"))
    assert checked.receipt.verdict == "refused"
    assert checked.table is None


def test_a_file_that_cannot_be_read_is_known_by_its_folder(tmp_path: Path) -> None:
    path = write(tmp_path / "inbox" / "survey" / "2024" / "EST.csv", "")
    assert check_file(path).receipt.edition == "2024"


def test_checking_changes_nothing(tmp_path: Path) -> None:
    path = write(tmp_path / "inbox" / "survey" / "2024" / "EST.csv", HEADER + "2024,EST,ls1,0.5,,\n")
    before = path.stat()
    assert check_file(path, received_at=RECEIVED) == check_file(path, received_at=RECEIVED)
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert [found.name for found in tmp_path.rglob("*") if found.is_file()] == ["EST.csv"]


@pytest.mark.parametrize(
    ("place", "text", "kind"),
    [
        ("a.csv", HEADER, "survey"),
        ("a.csv", REVIEWS, "reviews"),
        ("a.csv", REVIEWS.replace(",", ";"), "reviews"),
        ("a.csv", "OBS_VALUE,INDICATOR,REF_AREA,TIME_PERIOD\n", "partners"),
        ("a.csv", "", "survey"),
        ("a.csv", "\0", "survey"),
        ("inbox/reviews/2024/a.csv", HEADER, "reviews"),
        *((f"{folder}/a{suffix}", "", "partners") for folder, suffix in FOLDERS),
        ("ncsi/a.csv", HEADER, "survey"),
        ("ncsi/EST.csv", REVIEWS, "reviews"),
        ("ncsi/a.docx", "", "partners"),
        ("somewhere/a.docx", "", "survey"),
        ("somewhere/a.xlsx", "", "survey"),
        ("somewhere/a.html", "", "partners"),
        ("somewhere/a.xlsm", "", "survey"),
        ("inbox/partners/data360/a.csv", HEADER, "partners"),
    ],
)
def test_what_a_file_should_be(tmp_path: Path, place: str, text: str, kind: str) -> None:
    assert kind_of(write(tmp_path / place, text)) == kind
