"""The years after a publication: newer returns and decisions make the next vintage, which says what changed and why."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from datetime import timedelta
from typing import Any

import duckdb
import pytest

from gci.build.change_detection import editions_with_news
from gci.core.paths import REPLAY, DataFolders
from gci.inspection.diff import diff
from gci.inspection.verify import verify
from gci.publish.release import publish
from gci.reference.decisions import HEADER
from gci.storage.release_log import find
from mutants.good import MORNING, built, collect, good, signed

pytestmark = pytest.mark.slow


def send(folders: DataFolders, iso3: str, **answers: str) -> str:
    """A newer return of a state, as published but for these answers; gives its digest."""
    with (REPLAY / "indicator_values_2024.csv").open(encoding="utf-8", newline="") as lines:
        (values,) = (row for row in csv.DictReader(lines) if row["iso3"] == iso3)
    cells = {name: value for name, value in values.items() if name not in ("iso3", "collector")} | answers
    rows = [f"2024,{iso3},{item},{answer},," for item, answer in cells.items()]
    file = folders.inbox / "survey" / "2024" / f"{iso3}.csv"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(["edition,iso3,item,answer,evidence_url,comment", *rows]) + "\n", encoding="utf-8")
    return hashlib.sha256(file.read_bytes()).hexdigest()


def decide(folders: DataFolders, name: str, *rows: str) -> str:
    file = folders.inbox / "decisions" / "2024" / f"{name}.csv"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join([",".join(HEADER), *rows]) + "\n", encoding="utf-8")
    return hashlib.sha256(file.read_bytes()).hexdigest()


def grounds(day: str) -> str:
    return f"as agreed,a letter,Ana Lima,Bo Chen,{day},"


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> tuple[DataFolders, dict[str, str]]:
    """2024 in three vintages, and the digests of what made them."""
    folders = DataFolders(tmp_path_factory.mktemp("corrected") / "data")
    shutil.copytree(good().folders.root, folders.root)
    shutil.rmtree(folders.candidates)
    digests = {"EST": send(folders, "EST", ls1="0.5")}
    print_error = "2024,print,known_error,BRA,print/overall,96.38,96.544742888,," + grounds("2026-01-07")
    until = "2024,until,calendar_date,,collection_to,,,2026-01-31," + grounds("2026-01-07")
    digests["decisions"] = decide(folders, "second", print_error, until)
    collect(folders, MORNING + timedelta(days=2))
    assert editions_with_news(folders) == ["2024", "partners"]  # no release of partner data has gone out
    publish(*signed(built("2024", folders)), folders)
    digests["ISL"] = send(folders, "ISL", ts1="0")
    longer = "2024,longer,extension,ISL,,,,2026-02-28," + grounds("2026-02-10")
    digests["extension"] = decide(folders, "third", longer)
    collect(folders, MORNING + timedelta(days=40))
    publish(*signed(built("2024", folders)), folders)
    assert editions_with_news(folders) == ["partners"]
    return folders, digests


def asked(folders: DataFolders, question: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(folders.current), read_only=True) as connection:
        return connection.execute(question).fetchall()


def test_revisions_keep_what_changed_in_every_vintage_and_what_is_behind_it(corrected: Any) -> None:
    folders, digests = corrected
    told = "vintage, iso3, dimension, old > new, class, cause_digest"
    rows = asked(folders, f"select {told} from revisions where edition = '2024' order by all")
    assert rows == [
        (2, "EST", "legal", True, "late return", digests["EST"]),
        (2, "EST", "overall", True, "late return", digests["EST"]),
        (3, "ISL", "overall", True, "late return", digests["ISL"]),
        (3, "ISL", "technical", True, "late return", digests["ISL"]),
    ]


def test_a_newer_input_explains_a_difference_from_print(corrected: Any) -> None:
    folders, digests = corrected
    where = "where edition = '2024' and verdict = 'revised' and source = 'data360'"
    rows = asked(folders, f"select iso3, dimension, explained_by from reconciliation {where} order by all")
    assert rows == [
        ("EST", "legal", digests["EST"]),
        ("EST", "overall", digests["EST"]),
        ("ISL", "overall", digests["ISL"]),
        ("ISL", "technical", digests["ISL"]),
    ]
    printed = "where edition = '2024' and iso3 = 'BRA' and dimension = 'overall' and source = 'print'"
    assert asked(folders, f"select verdict, cause, note from reconciliation {printed}") == [
        ("known_error", "proved", "as agreed")
    ]


def test_decisions_are_published_with_who_approved_them(corrected: Any) -> None:
    folders, digests = corrected
    listed = "select id, approver, vintage, decision_digest from decisions where vintage > 1 order by id"
    assert asked(folders, listed) == [
        ("longer", "Bo Chen", 3, digests["extension"]),
        ("print", "Bo Chen", 2, digests["decisions"]),
        ("until", "Bo Chen", 2, digests["decisions"]),
    ]
    named = {entry["digest"] for entry in find("2024", folders).manifest["inputs"] if entry["kind"] == "decisions"}
    assert {digests["decisions"], digests["extension"]} <= named


def test_a_release_says_what_changed_for_programs_and_for_people(corrected: Any) -> None:
    folders, digests = corrected
    release = folders.release("2024", 2)
    document = json.loads((release / "changes.json").read_text(encoding="utf-8"))
    assert (document["since"], [one["id"] for one in document["decisions"]]) == (1, ["print", "until"])
    scores = {
        (one["of"]["iso3"], one["of"].get("pillar", "overall")): (one["class"], one["cause"])
        for one in document["changes"]
        if one["column"] == "score"
    }
    assert scores == dict.fromkeys([("EST", "legal"), ("EST", "overall")], ("late return", digests["EST"]))
    answers = [(one["of"], one["old"], one["new"]) for one in document["changes"] if one["table"] == "answers"]
    assert answers == [({"iso3": "EST", "item": "ls1"}, 1.0, 0.5)]
    dates = [(one["column"], one["new"], one["approver"]) for one in document["changes"] if one["table"] == "editions"]
    assert dates == [("collection_to", "2026-01-31", "Bo Chen")]
    notes = (release / "notes.md").read_text(encoding="utf-8")
    assert "Estonia (EST) | legal | 20 |" in notes
    assert digests["EST"] in notes
    late = (folders.published / "feeds/class/late-return.xml").read_text(encoding="utf-8")
    assert "GCI 2024, vintage 2: Estonia (late return)" in late
    assert "GCI 2024, vintage 3: Iceland" in (folders.published / "feeds/state/ISL.xml").read_text(encoding="utf-8")


def test_diff_tells_the_same_over_any_two_vintages(corrected: Any) -> None:
    folders, _ = corrected
    first, third = (find(f"2024@{vintage}", folders) for vintage in (1, 3))
    found = diff(first, third, folders)
    assert {one["of"]["iso3"] for one in found["changes"] if one["column"] == "score"} == {"EST", "ISL"}
    assert [one["id"] for one in found["decisions"]] == ["longer", "print", "until"]


def test_every_vintage_follows_from_its_own_inputs(corrected: Any) -> None:
    folders, _ = corrected
    for vintage in (1, 3):
        report = verify(find(f"2024@{vintage}", folders), folders)
        differing = {name: said for name, said in report.items() if isinstance(said, list) and said}
        # The projects of partners that the warehouse of corruptions invents are of no source, and cannot be read again.
        assert [one["where"] for one in differing.pop("again")] == ["the file projects.csv of support_projects"]
        (not_held,) = differing.pop("not_held")  # published by the program itself, without a person's answer
        assert not_held.startswith(f"No signed answer is kept of 2024@v{vintage}:")
        assert (report["rebuilt"], differing) == (True, {})


def test_the_other_edition_did_not_move(corrected: Any) -> None:
    folders, _ = corrected
    assert asked(folders, "select edition, vintage from editions where vintage is not null order by 1") == [
        ("2020", 2),
        ("2024", 3),
    ]
    assert (folders.release("2020", 1) / "notes.md").read_text(encoding="utf-8").count("first vintage") == 1
