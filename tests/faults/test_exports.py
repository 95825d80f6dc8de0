"""Exports of forms: each submission is a return of its own, whatever export it comes in, and in whatever order."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from faults.case_files import FOLDER
from faults.rules import VERSIONED, rules
from gci.collect.collect import collect_files
from gci.collect.quarantine import refusals
from gci.core.paths import DataFolders
from gci.core.records import Receipt
from gci.storage import landing

FIRST = datetime(2043, 6, 1, tzinfo=UTC)
LATER = datetime(2043, 7, 1, tzinfo=UTC)
QUESTIONS = ("legal/ls1/ls1_1", "legal/ls1/ls1_2", "technical/ts1/ts1_1")


@pytest.fixture
def folders(tmp_path: Path) -> DataFolders:
    return DataFolders(tmp_path)


def submission(instance: str, day: int, answer: str = "yes", **more: Any) -> dict[str, Any]:
    """One of Estonia, as the API of KoboToolbox gives it."""
    return {
        "iso3": "EST",
        "edition": VERSIONED,
        "legal/ls1/ls1_1": answer,
        "__version__": "2043-1",
        "meta/instanceID": f"uuid:{instance}",
        "_submission_time": f"2043-05-{day:02}T10:00:00",
    } | more


def put(folders: DataFolders, name: str, content: str) -> Path:
    path = folders.inbox / "survey" / VERSIONED / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    os.utime(path, (FIRST.timestamp(), FIRST.timestamp()))
    return path


def collect(folders: DataFolders, name: str, content: str, at: datetime = FIRST) -> list[Receipt]:
    return collect_files("survey", [put(folders, name, content)], at, folders, rules())


def api(*submissions: dict[str, Any]) -> str:
    return json.dumps({"count": len(submissions), "next": None, "results": list(submissions)})


def counted(folders: DataFolders) -> str | None:
    """The answer of the return that counts: received last."""
    *_, last = (receipt for receipt in landing.receipts(folders) if not receipt.parts)
    return str(pq.read_table(folders.landing / "survey" / f"{last.digest}.parquet")["answer"][0])


def test_each_submission_lands_as_a_return_and_the_export_as_it_came(folders: DataFolders) -> None:
    content = (FOLDER / "accepted__odk_submissions.json").read_text("utf-8")
    export, estonia, finland = collect(folders, "odk.json", content)
    assert (export.parts, export.iso3, export.verdict) == (2, None, "accepted")
    assert [estonia.iso3, finland.iso3] == ["EST", "FIN"]
    assert estonia.part_of == finland.part_of == export.digest
    assert (folders.landing / "files" / f"{export.digest}.json").read_text("utf-8") == content
    for receipt in (estonia, finland):
        own = (folders.landing / "files" / f"{receipt.digest}.json").read_bytes()
        assert json.loads(own)["iso3"] == receipt.iso3
        assert landing.read_receipt(receipt.digest, folders) == receipt
    assert not (folders.landing / "survey" / f"{export.digest}.parquet").exists()


def test_a_refused_submission_is_put_aside_with_a_report_and_stops_no_other(folders: DataFolders) -> None:
    content = (FOLDER / "accepted__odk_one_submission_refused.json").read_text("utf-8")
    _, taken, refused = collect(folders, "odk.json", content)
    assert (taken.verdict, refused.verdict) == ("accepted", "refused")
    (put_aside,) = refusals(folders)
    assert (put_aside.iso3, put_aside.part) == ("FIN", "2 (00000002)")
    (report,) = folders.quarantine.glob(f"survey/{VERSIONED}/*/report.html")
    assert "legal/ls1/ls1_1" in report.read_text("utf-8")


def test_the_same_submission_in_a_later_export_changes_nothing(folders: DataFolders) -> None:
    collect(folders, "june.json", api(submission("a", 1)))
    _, again, new = collect(folders, "july.json", api(submission("a", 1), submission("b", 20, "no")), LATER)
    assert [problem.code for problem in again.problems] == ["already_landed"]
    assert new.problems == ()
    assert counted(folders) == "no"


def test_the_same_submission_as_json_and_as_a_table_is_one_return(folders: DataFolders) -> None:
    fields = submission("a", 1) | dict.fromkeys(QUESTIONS[1:], "")
    table = ";".join(fields) + "\n" + ";".join(fields.values()) + "\n"
    _, from_json = collect(folders, "kobo.json", api(submission("a", 1)))
    _, from_table = collect(folders, "kobo.csv", table, LATER)
    assert from_json.digest == from_table.digest


def test_an_older_submission_does_not_supersede_a_newer_one_that_came_before_it(folders: DataFolders) -> None:
    collect(folders, "new.json", api(submission("b", 20, "no")))
    collect(folders, "old.json", api(submission("a", 1, "yes")), LATER)
    assert counted(folders) == "no"


def test_an_edited_submission_counts_in_place_of_the_first_version(folders: DataFolders) -> None:
    collect(folders, "june.json", api(submission("a", 1)))
    edited = submission("c", 1, "partial", **{"meta/deprecatedID": "uuid:a"})
    collect(folders, "july.json", api(edited), LATER)
    assert counted(folders) == "partial"


def test_a_return_in_another_format_supersedes_a_submission_and_both_stay(folders: DataFolders) -> None:
    collect(folders, "kobo.json", api(submission("a", 1)))
    rows = f"edition,iso3,item,answer,evidence_url,comment\n{VERSIONED},EST,ls1.1,no,,\n"
    collect(folders, "another name.csv", rows, LATER)
    assert counted(folders) == "no"
    assert len(list((folders.landing / "survey").glob("[!n]*.parquet"))) == 2


def test_a_time_in_the_future_is_that_of_the_run(folders: DataFolders) -> None:
    ahead = submission("a", 1) | {"_submission_time": "2099-01-01T00:00:00"}
    _, receipt = collect(folders, "kobo.json", api(ahead))
    assert receipt.received_at == receipt.collected_at == "2043-06-01T00:00:00.000000+00:00"


def test_collected_again_after_a_kill_gives_the_same(folders: DataFolders) -> None:
    content = api(submission("a", 1), submission("b", 2))
    collect(folders, "kobo.json", content)
    before = {path: path.read_bytes() for path in folders.landing.rglob("*") if path.is_file()}
    for receipt in (folders.landing / "receipts").iterdir():
        receipt.unlink()  # as a kill before any receipt was written would leave it
    collect(folders, "kobo.json", content)
    assert {path: path.read_bytes() for path in folders.landing.rglob("*") if path.is_file()} == before


def central(*submissions: tuple[str, int, dict[str, Any]]) -> str:
    """An answer of ODK Central's OData: instance, day in May on which it was sent, what its server says besides."""
    return json.dumps(
        {
            "value": [
                {
                    "__id": f"uuid:{instance}",
                    "iso3": "EST",
                    "edition": VERSIONED,
                    "legal": {"ls1": {"ls1_1": "no" if instance == "b" else "yes", "ls1_2": None}},
                    "technical": {"ts1": {"ts1_1": None}},
                    "__system": {"submissionDate": f"2043-05-{day:02}T10:00:00Z", "formVersion": "2043-1"} | said,
                }
                for instance, day, said in submissions
            ],
            "@odata.context": "https://central.example/v1/projects/1/forms/gci_2043.svc/$metadata#Submissions",
        }
    )


REVIEWED = {"updatedAt": "2043-05-25T10:00:00Z", "reviewState": "approved", "edits": 0}
EDITED = {"updatedAt": "2043-05-25T10:00:00Z", "reviewState": "edited", "edits": 1}


def test_a_review_does_not_make_a_submission_newer(folders: DataFolders) -> None:
    collect(folders, "odk.json", central(("a", 1, REVIEWED), ("b", 20, {"edits": 0})))
    assert counted(folders) == "no"


def test_an_edit_that_the_server_counts_makes_a_submission_newer(folders: DataFolders) -> None:
    collect(folders, "odk.json", central(("a", 1, EDITED), ("b", 20, {"edits": 0})))
    assert counted(folders) == "yes"


def test_the_same_submission_before_and_after_its_review_is_one_return(folders: DataFolders) -> None:
    _, before = collect(folders, "may.json", central(("a", 1, {"updatedAt": None, "edits": 0})))
    _, after = collect(folders, "june.json", central(("a", 1, REVIEWED)), LATER)
    assert after.digest == before.digest
    assert after.received_at == "2043-05-01T10:00:00.000000+00:00"
    assert [problem.code for problem in after.problems] == ["already_landed"]


def test_whatever_separates_groups_a_submission_is_the_same_return(folders: DataFolders) -> None:
    fields = submission("a", 1) | dict.fromkeys(QUESTIONS[1:], "")
    digests = set()
    for number, sign in enumerate(("/", "|", ".", "_", " > ", "__", "-", "::")):
        names = [name.replace("/", sign) if name.startswith(("legal", "technical")) else name for name in fields]
        table = ";".join(names) + "\n" + ";".join(fields.values()) + "\n"
        _, receipt = collect(folders, f"{number}.csv", table)
        digests.add(receipt.digest)
        assert receipt.verdict == "accepted", sign
    assert len(digests) == 1
