"""Finding releases by the names that people write."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gci.core.errors import Blocked, WrongUsage
from gci.core.paths import DataFolders
from gci.storage.release_log import find, latest, release_of, releases


@pytest.fixture
def folders(tmp_path: Path) -> DataFolders:
    """2020 in two vintages around 2024; beside them what is no release."""
    folders = DataFolders(tmp_path)
    for sequence, (edition, vintage) in enumerate([("2020", 1), ("2024", 1), ("2020", 2)], start=1):
        folder = folders.release(edition, vintage)
        folder.mkdir(parents=True)
        (folder / "release.json").write_text(
            json.dumps({"sequence": sequence, "manifest": {}, "candidate_digest": f"of {edition} v{vintage}"})
        )
    (folders.published / "2024" / ".v2.4711").mkdir()
    (folders.published / "2024" / "v2-draft").mkdir()
    (folders.published / "gci.duckdb").touch()
    return folders


def test_releases_come_in_the_order_in_which_they_went_out(folders: DataFolders) -> None:
    assert [release.name for release in releases(folders)] == ["2020@v1", "2024@v1", "2020@v2"]


def test_nothing_is_published_in_an_empty_folder(tmp_path: Path) -> None:
    assert releases(DataFolders(tmp_path)) == []
    assert latest("2024", DataFolders(tmp_path)) is None


def test_latest_is_the_highest_vintage_even_beyond_nine(folders: DataFolders) -> None:
    for vintage in range(3, 11):
        folder = folders.release("2020", vintage)
        folder.mkdir()
        (folder / "release.json").write_text(json.dumps({"sequence": vintage + 1}))
    found = latest("2020", folders)
    assert found is not None
    assert found.vintage == 10


def test_a_candidate_that_went_out_is_found_by_its_digest(folders: DataFolders) -> None:
    found = release_of("of 2020 v1", folders)
    assert found is not None
    assert found.name == "2020@v1"
    assert release_of("of 2020 v3", folders) is None


@pytest.mark.parametrize(
    ("named", "found"), [("2020", "2020@v2"), ("2020@1", "2020@v1"), ("2020@v1", "2020@v1"), ("2024@V1", "2024@v1")]
)
def test_a_release_is_found_by_edition_or_by_vintage(named: str, found: str, folders: DataFolders) -> None:
    assert find(named, folders).name == found


@pytest.mark.parametrize("named", ["2026", "2020@3", "2020@v0", "2020@", "@1", "", "2020@1@2", "../2020"])
def test_what_is_not_published_is_wrong_usage(named: str, folders: DataFolders) -> None:
    with pytest.raises(WrongUsage):
        find(named, folders)


def test_what_is_published_is_named(folders: DataFolders) -> None:
    with pytest.raises(WrongUsage, match="Published: 2020, 2024"):
        find("2026", folders)


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "{",
        "{}",
        "null",
        "[1]",
        "[" * 100_000,
        '{"sequence": "2"}',
        '{"sequence": 1e999}',
        '{"sequence": 2, "edition": "2020", "vintage": 1}',
        '{"sequence": 2, "manifest": null}',
        '{"sequence": 2, "manifest": {"editions": [1]}}',
        '{"sequence": 2, "files": {"gci.duckdb": null}}',
    ],
    ids=lambda text: str(text)[:60],
)
def test_a_release_that_lost_its_papers_stops_everything(text: str | None, folders: DataFolders) -> None:
    papers = folders.release("2024", 1) / "release.json"
    papers.unlink() if text is None else papers.write_text(text)
    with pytest.raises(Blocked, match="backup"):
        releases(folders)
