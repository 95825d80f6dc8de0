from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from gci.build.news import editions_with_news, has_news, inputs, reference_digest
from gci.chain import landed_digests
from gci.errors import WrongUsage
from gci.paths import SEEDS, DataFolders
from landed import land_partner, land_replay, land_return, land_review


def released(edition: str, folders: DataFolders) -> None:
    """The least that makes a release: what went into it."""
    folder = folders.release(edition, 1)
    folder.mkdir(parents=True)
    document = {"sequence": 1, "inputs_digest": inputs(edition, folders).digest}
    (folder / "release.json").write_text(json.dumps(document), encoding="utf-8")


def test_an_edition_without_returns_has_no_news(folders: DataFolders) -> None:
    assert editions_with_news(folders) == []
    land_review(folders, "2020", [("EST", "ls1", "accepted", None)])
    land_partner(folders, "EST", "1")
    assert editions_with_news(folders) == []


def test_a_return_is_news_for_its_edition_alone(folders: DataFolders) -> None:
    land_replay(folders, "2024", ["EST"])
    assert editions_with_news(folders) == ["2024"]


def test_editions_come_sorted(folders: DataFolders) -> None:
    land_replay(folders, "2024", ["EST"])
    land_replay(folders, "2020", ["EST"])
    assert editions_with_news(folders) == ["2020", "2024"]


def test_what_was_released_is_no_news(folders: DataFolders) -> None:
    land_replay(folders, "2024", ["EST"])
    released("2024", folders)
    assert editions_with_news(folders) == []


@pytest.mark.parametrize("collector", ["state", "desk"])
def test_another_return_is_news_again(folders: DataFolders, collector: str) -> None:
    land_replay(folders, "2024", ["EST"])
    released("2024", folders)
    land_return(folders, "2024", "EST", {"ls1": "0.5"}, collector)
    assert editions_with_news(folders) == ["2024"]


def test_a_review_is_news_again(folders: DataFolders) -> None:
    land_replay(folders, "2024", ["EST"])
    released("2024", folders)
    land_review(folders, "2024", [("EST", "ls1", "changed", "0.5")])
    assert editions_with_news(folders) == ["2024"]


def test_a_partner_file_is_no_news_of_an_edition(folders: DataFolders) -> None:
    land_replay(folders, "2024", ["EST"])
    released("2024", folders)
    digest = land_partner(folders, "EST", "1")
    assert editions_with_news(folders) == []
    assert landed_digests("partners", folders) == (digest,)


def test_the_order_of_arrival_does_not_matter(tmp_path: Path) -> None:
    there, back = DataFolders(tmp_path / "there"), DataFolders(tmp_path / "back")
    land_replay(there, "2024", ["EST", "FIN", "ISL"])
    land_replay(back, "2024", ["ISL", "FIN", "EST"])
    assert inputs("2024", there) == inputs("2024", back)
    assert len(inputs("2024", there).survey) == 3


def test_an_unknown_edition_is_wrong_usage(folders: DataFolders) -> None:
    from gci.build.candidate import plan

    with pytest.raises(WrongUsage, match="2019"):
        plan("2019", folders)


def test_looking_for_news_writes_nothing(folders: DataFolders) -> None:
    assert not has_news(inputs("2024", folders), folders)
    assert not folders.root.exists()


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """The seeds, to be changed."""
    return Path(shutil.copytree(SEEDS, tmp_path / "seeds"))


def test_a_changed_weight_changes_its_edition_alone(seeds: Path) -> None:
    framework = seeds / "frameworks" / "framework_2020.csv"
    text = framework.read_text(encoding="utf-8")
    assert "374400,40763" in text
    framework.write_text(text.replace("374400,40763", "374401,40763"), encoding="utf-8")
    assert reference_digest("2020", seeds) != reference_digest("2020")
    assert reference_digest("2024", seeds) == reference_digest("2024")
    assert reference_digest(None, seeds) != reference_digest()


def test_a_new_edition_changes_no_other(seeds: Path) -> None:
    with (seeds / "editions.csv").open("a", encoding="utf-8") as editions:
        editions.write("2026,2026,,,,open,question,tiers,Global Cybersecurity Index 2026\n")
    assert reference_digest("2024", seeds) == reference_digest("2024")


def test_line_ends_and_quotes_do_not_matter(seeds: Path) -> None:
    tiers = seeds / "tiers.csv"
    header, *lines = tiers.read_text(encoding="utf-8").splitlines()
    quoted = [",".join(f'"{cell}"' for cell in line.split(",")) for line in lines]
    tiers.write_bytes("\r\n".join([header, *quoted]).encode() + b"\r\n")
    assert reference_digest("2024", seeds) == reference_digest("2024")
