"""The report on a return that was taken: where it lies, what it says, and that it is there whatever happened."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gci.collect.collect import collect_files
from gci.core.paths import DataFolders
from gci.core.records import Receipt
from gci.reference.labels import concept_labels
from gci.reference.seeds import items

AT = datetime(2026, 5, 5, tzinfo=UTC)
HEADER = "edition,iso3,item,answer,evidence_url,comment,language\n"
COUNT = len(items("2026"))


@pytest.fixture
def folders(tmp_path: Path) -> DataFolders:
    return DataFolders(tmp_path)


def take(folders: DataFolders, name: str, content: str, at: datetime = AT) -> list[Receipt]:
    path = folders.inbox / "survey" / "2026" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return collect_files("survey", [path], at, folders)


def csv_return(iso3: str, answers: dict[str, str], language: str) -> str:
    return HEADER + "".join(f"2026,{iso3},{item},{answer},,,{language}\n" for item, answer in answers.items())


def reports(folders: DataFolders) -> dict[str, str]:
    return {path.stem: path.read_text(encoding="utf-8") for path in folders.landing.glob("reports/*")}


def test_a_partial_return_is_told_how_complete_it_is_in_its_language(folders: DataFolders) -> None:
    (receipt,) = take(folders, "SEN.csv", csv_return("SEN", {"ls1.1": "yes", "ts1.1": "no"}, "fr"))
    page = reports(folders)[receipt.digest]
    assert receipt.verdict == "accepted"
    assert '<html lang="fr"' in page
    assert f"2 sur {COUNT}" in page
    legal = sum(node.pillar == "legal" for node in items("2026").values())
    assert f"<td>{concept_labels('fr')['legal']}</td><td>1 sur {legal}</td>" in page
    assert "la plus récente est retenue" in page


def test_what_was_read_with_care_is_told_at_its_place(folders: DataFolders) -> None:
    (receipt,) = take(
        folders, "PER.csv", csv_return("PER", dict.fromkeys(items("2026"), "yes") | {"ls1.1": "YES"}, "es")
    )
    assert receipt.answered == COUNT
    page = reports(folders)[receipt.digest]
    assert "fila 2" in page
    assert "answer_case" in page


def test_whoever_sent_all_of_it_as_it_should_be_has_nothing_to_read(folders: DataFolders) -> None:
    (receipt,) = take(folders, "FIN.csv", csv_return("FIN", dict.fromkeys(items("2026"), "yes"), "en"))
    assert (receipt.answered, receipt.problems) == (COUNT, ())
    assert reports(folders) == {}


def test_the_same_file_again_changes_no_report_and_brings_a_lost_one_back(folders: DataFolders) -> None:
    partial = csv_return("SEN", {"ls1.1": "yes"}, "fr")
    (receipt,) = take(folders, "SEN.csv", partial)
    first = reports(folders)
    later = datetime(2026, 5, 9, tzinfo=UTC)
    take(folders, "again.csv", partial, later)
    assert reports(folders) == first
    (folders.landing / "reports" / f"{receipt.digest}.html").unlink()  # as a kill between receipt and report leaves it
    take(folders, "once more.csv", partial, later)
    assert reports(folders) == first


def test_every_submission_of_an_export_has_its_own(folders: DataFolders) -> None:
    results = [
        {
            "__version__": "2026-1",
            "_xform_id_string": "gci_2026",
            "_submission_time": "2026-05-01T00:00:00",
            "meta/instanceID": f"uuid:{iso3}",
            "edition": "2026",
            "iso3": iso3,
            "ls1_1": "yes",
        }
        for iso3 in ("SEN", "PER")
    ]
    export = json.dumps({"count": 2, "next": None, "previous": None, "results": results})
    whole, *each = take(folders, "kobo.json", export)
    assert (whole.parts, [one.iso3 for one in each]) == (2, ["SEN", "PER"])
    found = reports(folders)
    assert found.keys() == {one.digest for one in each}
    assert '<html lang="fr"' in found[each[0].digest]
    assert '<html lang="es"' in found[each[1].digest]


def test_a_file_that_is_no_return_has_none(folders: DataFolders) -> None:
    path = folders.inbox / "reviews" / "2026" / "review.csv"
    path.parent.mkdir(parents=True)
    path.write_text(
        "edition,iso3,item,verdict,answer,reason,reviewer,reviewed_on\n"
        "2026,EST,ls1.1,ACCEPTED,,,index team,2026-05-04\n",
        encoding="utf-8",
    )
    (receipt,) = collect_files("reviews", [path], AT, folders)
    assert receipt.problems
    assert reports(folders) == {}
