"""Files of decisions in the inbox: what is taken, what is not, and what stands beside what has landed."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gci.collect.batches import batches, waiting
from gci.collect.check_file import check_file
from gci.collect.collect import collect_files
from gci.collect.decide import write_decision
from gci.core.paths import DataFolders
from gci.core.records import Receipt
from gci.reference.decided import landed_decisions, seeds_of_today
from gci.reference.decisions import HEADER
from gci.reference.seeds import members_by
from gci.reread.again import differences
from gci.storage.chain import landed

AT = datetime(2026, 1, 5, 6, 0, tzinfo=UTC)
EXTENSION = "2024,{id},extension,EST,,,,{day},why,a letter,Ana Lima,{approver},2026-01-04,{answers}"
GROUNDS = {"reason": "why", "evidence": "a letter", "author": "Ana Lima", "decided_on": "2026-01-04"}


def extension(name: str, day: str, answers: str = "", approver: str = "Bo Chen") -> str:
    return EXTENSION.format(id=name, day=day, answers=answers, approver=approver)


def put(folders: DataFolders, name: str, *rows: str) -> Path:
    file = folders.inbox / "decisions" / "2024" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join([",".join(HEADER), *rows]) + "\n", encoding="utf-8")
    return file


def collect(folders: DataFolders, days: int = 0) -> dict[str, Receipt]:
    files = waiting("decisions", folders)
    return {one.file: one for one in collect_files("decisions", files, AT + timedelta(days=days), folders)}


@pytest.fixture
def folders(tmp_path: Path) -> DataFolders:
    return DataFolders(tmp_path)


def codes(receipt: Receipt) -> list[str]:
    return [problem.code for problem in receipt.problems]


@pytest.mark.parametrize("order", list(itertools.permutations("ab")))
def test_of_two_that_contradict_each_other_in_one_inbox_none_is_taken_and_the_third_is(
    folders: DataFolders, order: tuple[str, str]
) -> None:
    days = {"a": "2026-01-31", "b": "2026-02-28"}
    for place, name in enumerate(order):
        put(folders, f"{place}.csv", extension(name, days[name]))
    put(folders, "2.csv", extension("c", "2026-02-28").replace("EST", "FIN"))
    taken = collect(folders)
    assert {name: one.verdict for name, one in taken.items()} == {
        "0.csv": "refused",
        "1.csv": "refused",
        "2.csv": "accepted",
    }
    assert codes(taken["0.csv"]) == codes(taken["1.csv"]) == ["decision_contradicts"]
    assert [one.id for one in landed_decisions(folders)] == ["c"]
    assert not waiting("decisions", folders)


def test_decisions_are_collected_together_however_many_wait(folders: DataFolders) -> None:
    for number in range(5):
        put(folders, f"{number}.csv", extension(f"e{number}", "2026-01-31"))
    assert [len(one) for one in batches("decisions", 2, folders)] == [5]


def test_a_written_decision_does_not_contradict_one_that_waits(folders: DataFolders) -> None:
    said = GROUNDS | {"edition": "2024", "kind": "extension", "iso3": "EST", "approver": "Bo Chen"}
    write_decision(said | {"day": "2026-02-28"}, folders)
    refused, nothing = write_decision(said | {"day": "2026-03-31"}, folders)
    assert (codes(refused), nothing) == (["decision_contradicts"], None)
    assert len(waiting("decisions", folders)) == 1
    assert write_decision(said | {"iso3": "FIN", "day": "2026-03-31"}, folders)[0].verdict == "accepted"


@pytest.mark.parametrize("column", ["reason", "evidence", "author", "approver"])
def test_a_dash_is_no_reason_and_nobody(folders: DataFolders, column: str) -> None:
    said = GROUNDS | {"edition": "2024", "kind": "extension", "iso3": "EST", "day": "2026-02-28", "approver": "Bo Chen"}
    assert codes(write_decision(said | {column: " – "}, folders)[0]) == ["cell_empty"]


def test_one_that_contradicts_what_landed_has_to_answer_it(folders: DataFolders) -> None:
    put(folders, "a.csv", extension("a", "2026-01-31"))
    collect(folders)
    put(folders, "b.csv", extension("b", "2026-02-28"))
    assert codes(collect(folders, 1)["b.csv"]) == ["decision_contradicts"]
    put(folders, "b.csv", extension("b", "2026-02-28", answers="a"))
    assert collect(folders, 2)["b.csv"].verdict == "accepted"


def test_a_file_that_grows_is_taken_again_and_a_changed_row_is_not(folders: DataFolders) -> None:
    put(folders, "a.csv", extension("a", "2026-01-31"))
    collect(folders)
    put(folders, "a.csv", extension("a", "2026-01-31"), extension("b", "2026-02-28", answers="a"))
    grown = collect(folders, 1)["a.csv"]
    assert (grown.verdict, codes(grown)) == ("accepted", ["decision_known"])
    put(folders, "a.csv", extension("a", "2026-03-31"))
    assert "decision_id_taken" in codes(collect(folders, 2)["a.csv"])


def test_what_landed_is_read_again_as_it_was_whatever_landed_since(folders: DataFolders) -> None:
    put(folders, "a.csv", extension("a", "2026-01-31"))
    collect(folders)
    put(folders, "b.csv", extension("b", "2026-02-28", answers="a"))
    collect(folders, 1)
    assert differences(landed(folders), folders.landing) == []


def test_a_state_that_left_was_a_member_when_its_file_came(folders: DataFolders) -> None:
    file = folders.inbox / "survey" / "2024" / "EST.csv"
    file.parent.mkdir(parents=True)
    file.write_text("edition,iso3,item,answer,evidence_url,comment\n2024,EST,ls1,0.5,,\n", encoding="utf-8")
    collect_files("survey", [file], AT, folders)
    put(folders, "left.csv", "2024,left,membership,EST,,,leaves,2026-01-05,why,a letter,Ana Lima,Bo Chen,2026-01-05,")
    collect(folders, 1)
    assert "EST" not in members_by("2024", seeds_of_today(folders), False)
    assert differences(landed(folders), folders.landing) == []


def test_a_written_decision_lies_in_the_inbox_once_it_is_right(folders: DataFolders) -> None:
    said = GROUNDS | {"edition": "2024", "kind": "extension", "iso3": "EST", "day": "2026-02-28"}
    refused, nothing = write_decision(said | {"approver": "LIMA, Ana"}, folders)
    assert (codes(refused), nothing) == (["approver_is_author"], None)
    assert not folders.inbox.exists()
    accepted, written = write_decision(said | {"approver": "Bo Chen"}, folders)
    assert accepted.verdict == "accepted"
    assert written is not None
    assert check_file(written, "decisions").receipt.verdict == "accepted"
    assert collect(folders)[written.name].verdict == "accepted"


def test_what_counts_no_more_is_not_answered_again(folders: DataFolders) -> None:
    put(folders, "a.csv", extension("a", "2026-01-31"))
    collect(folders)
    put(folders, "b.csv", extension("b", "2026-02-28", answers="a"))
    collect(folders, 1)
    revoked = "2024,{id},revocation,,,,,,why,a letter,Ana Lima,Bo Chen,2026-01-04,{answers}"
    put(folders, "c.csv", revoked.format(id="c", answers="a"))
    assert codes(collect(folders, 2)["c.csv"]) == ["decision_answered_already"]  # b stands, and would stand on
    put(folders, "c.csv", revoked.format(id="c", answers="b"))
    assert collect(folders, 3)["c.csv"].verdict == "accepted"
    put(folders, "d.csv", revoked.format(id="d", answers="c"))
    assert codes(collect(folders, 4)["d.csv"]) == ["decision_answers_nothing"]
    assert differences(landed(folders), folders.landing) == []
