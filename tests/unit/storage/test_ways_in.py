"""latest/ leads every address to the newest vintage, of whatever is out and of nothing else, and changes no release."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from folder_tree import tree
from gci.core.lines import PARTNERS
from gci.core.paths import DataFolders
from gci.publish.release import publish
from gci.storage.published import recover
from gci.storage.ways_in import Vintage, ways
from small_candidate import sign_off, small_candidate

FIRST = dict.fromkeys(("en/index.html", "en/state/NAM/index.html", "fr/index.html"), "<h1>of 2024, vintage 1</h1>")
SECOND = {"en/index.html": "<h1>of 2024, vintage 2</h1>", "en/state/AFG/index.html": "<h1>Afghanistan</h1>"}


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> DataFolders:
    """2024 in two vintages: the second one has other pages, and none in French."""
    folders = DataFolders(tmp_path_factory.mktemp("out"))
    for vintage, pages in ((1, FIRST), (2, SECOND)):
        candidate = small_candidate(folders, "2024", vintage, 61.25 + vintage, pages=pages)
        before = tree(folders.published / "2024") if vintage > 1 else {}
        publish(candidate, sign_off(candidate), folders)
        after = tree(folders.published / "2024")
        assert {name: after[name] for name in before} == before
    return folders


def led(file: Path, root: Path) -> str:
    """Where a way in leads, below the folder that has it; its link says the same as what a browser follows at once."""
    page = html.fromstring(file.read_bytes())
    (canonical,) = page.xpath("//link[@rel='canonical']/@href")
    (shown,) = page.xpath("//a/@href")
    (followed,) = page.xpath("//meta[@http-equiv='refresh']/@content")
    assert followed == "0; url=" + str(canonical)
    assert shown == canonical
    return (file.parent / canonical).resolve().relative_to(root.resolve()).as_posix()


def test_every_address_that_ever_was_leads_to_the_newest_vintage(out: DataFolders) -> None:
    latest = out.published / "latest"
    found = {
        path.relative_to(latest).as_posix(): led(path, out.published) for path in latest.rglob("*") if path.is_file()
    }
    due = {
        "en/index.html": "2024/v2/en/index.html",
        "en/state/AFG/index.html": "2024/v2/en/state/AFG/index.html",
        "en/state/NAM/index.html": "2024/v2/en/index.html",
        "fr/index.html": "2024/v2/en/index.html",
    }
    assert found == due | {f"2024/{name}": there for name, there in due.items()} | {
        "index.html": "2024/v2/en/index.html"
    }
    for there in found.values():
        assert (out.published / there).is_file()


def test_what_was_taken_away_or_left_by_a_kill_is_made_good(out: DataFolders) -> None:
    latest = out.published / "latest"
    before = tree(latest)
    for name in ("en/index.html", "2024/fr/index.html"):
        (latest / name).unlink()
    (latest / "en/.index.html.0.part").write_text("half")
    (out.published / "latest.json").unlink()  # it is written last
    recover(out)
    assert tree(latest) == before


def test_partner_data_is_no_edition_and_never_the_newest_one() -> None:
    told = ways(
        {"2024": [Vintage("2024/v1", ["en/index.html"])], PARTNERS: [Vintage("partners/v3", ["en/index.html"])]}
    )
    assert "2024/v1" in told["latest/en/index.html"]
    assert "partners/v3" in told["latest/partners/en/index.html"]
    assert ways({PARTNERS: [Vintage("partners/v1", ["en/index.html"])]}).keys() == {"latest/partners/en/index.html"}
    assert ways({"2024": [Vintage("2024/v1", [])]}) == {}
