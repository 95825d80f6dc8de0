"""gci replay: returns of a past edition from the project's own figures."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from gci.collect.check_file import check_file
from gci.collect.replay import COLUMNS, replay
from gci.core.errors import TryAgain, WrongUsage
from gci.core.paths import REPLAY, DataFolders
from gci.reference import seeds


@pytest.fixture
def folders(tmp_path: Path) -> DataFolders:
    return DataFolders(tmp_path)


@pytest.mark.parametrize("edition", ["2020", "2024"])
def test_one_return_per_member_state_each_accepted(folders: DataFolders, edition: str) -> None:
    paths = replay(edition, None, folders)
    assert {path.stem for path in paths} == seeds.members(edition)
    assert paths == sorted((folders.inbox / "survey" / edition).iterdir())
    for path in paths:
        receipt = check_file(path).receipt
        assert (receipt.verdict, receipt.problems, receipt.edition) == ("accepted", (), edition)
        assert (receipt.iso3, receipt.answered, receipt.items) == (path.stem, 20, 20)


@pytest.mark.parametrize("edition", ["2020", "2024"])
def test_the_answers_are_the_figures(folders: DataFolders, edition: str) -> None:
    (path,) = replay(edition, ["FSM"], folders)
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    with (REPLAY / f"indicator_values_{edition}.csv").open(encoding="utf-8", newline="") as lines:
        figures = next(row for row in csv.DictReader(lines) if row["iso3"] == "FSM")
    assert tuple(rows[0]) == COLUMNS
    assert {row["item"]: row["answer"] for row in rows} == {item: figures[item] for item in seeds.items(edition)}
    assert {row["collector"] for row in rows} == {figures["collector"]}


def test_the_same_states_give_the_same_bytes(tmp_path: Path) -> None:
    one, two = (replay("2024", ["nam", "EST"], DataFolders(tmp_path / name)) for name in "ab")
    assert [path.name for path in one] == ["EST.csv", "NAM.csv"]
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]


def test_replaying_again_leaves_what_is_there(folders: DataFolders) -> None:
    assert replay("2024", ["EST"], folders) == replay("2024", ["EST"], folders)
    assert [path.name for path in (folders.inbox / "survey" / "2024").iterdir()] == ["EST.csv"]


def test_a_waiting_return_of_another_is_not_overwritten(folders: DataFolders) -> None:
    waiting = folders.inbox / "survey" / "2024" / "EST.csv"
    waiting.parent.mkdir(parents=True)
    waiting.write_text("somebody's work")
    with pytest.raises(TryAgain, match="collect it first"):
        replay("2024", ["EST"], folders)
    assert waiting.read_text() == "somebody's work"
    assert list(waiting.parent.iterdir()) == [waiting]


@pytest.mark.parametrize(("edition", "states"), [("2019", None), ("2024", ["XXX"]), ("2024", ["EST", "EE"])])
def test_unknown_editions_and_states(folders: DataFolders, edition: str, states: list[str] | None) -> None:
    with pytest.raises(WrongUsage):
        replay(edition, states, folders)
    assert not folders.inbox.exists()
