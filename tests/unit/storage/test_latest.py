"""What tells readers where they are: latest.json and the feeds, made from the releases and from what is planned."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html

from folder_tree import tree
from gci.core.atom import Entry, feed
from gci.core.paths import DataFolders
from gci.publish.release import publish
from gci.storage.errata import errata_page
from gci.storage.feeds import CLASSES
from gci.storage.latest import tell_readers
from gci.storage.published import recover
from gci.storage.release_log import releases
from landed import land_decisions
from small_candidate import digest, sign_off, small_candidate

ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> DataFolders:
    """2020, 2024 and a correction of 2024 are published."""
    folders = DataFolders(tmp_path_factory.mktemp("out"))
    for edition, vintage, score in (("2020", 1, 12.5), ("2024", 1, 61.25), ("2024", 2, 70)):
        candidate = small_candidate(folders, edition, vintage, score)
        publish(candidate, sign_off(candidate), folders)
    return folders


def latest(folders: DataFolders) -> Any:
    return json.loads((folders.published / "latest.json").read_text(encoding="utf-8"))


def entries(folders: DataFolders, name: str) -> list[dict[str, Any]]:
    root = etree.fromstring((folders.published / name).read_bytes())
    told = []
    for one in root.iterfind("a:entry", ATOM):
        said = {part: one.findtext(f"a:{part}", namespaces=ATOM) for part in ("id", "title", "updated", "summary")}
        terms = [term.get("term") for term in one.iterfind("a:category", ATOM)]
        told.append(said | {"terms": terms, "link": one.find("a:link", ATOM).get("href")})
    return told


def test_latest_says_which_vintages_are_out_and_what_is_in_the_file(out: DataFolders) -> None:
    said = latest(out)
    assert said["sequence"] == 3
    assert said["file"] == {"name": "gci.duckdb", "sha256": digest(out.current)}
    assert [(one["edition"], one["vintage"], one["sequence"]) for one in said["editions"]] == [
        ("2020", 1, 1),
        ("2024", 2, 3),
    ]
    for one in said["editions"]:
        papers = json.loads((out.published / one["folder"] / "release.json").read_text())
        assert one["content_digest"] == papers["content_digest"]
        assert one["gci_duckdb"] == digest(out.published / one["folder"] / "gci.duckdb")
    assert said["next"] == []


def test_the_feed_has_every_release_error_and_revision_newest_first(out: DataFolders) -> None:
    told = entries(out, "feed.xml")
    released = [one["title"] for one in told if "release" in one["terms"]]
    assert released == ["GCI 2024, vintage 2", "GCI 2024, vintage 1", "GCI 2020, vintage 1"]
    errors = [one["title"] for one in told if "erratum" in one["terms"]]
    assert errors == ["GCI 2024: known error in print, Afghanistan", "GCI 2020: known error in print, Afghanistan"]
    revised = {one["terms"][-1]: one["summary"] for one in told if "revision" in one["terms"]}
    assert set(revised) == {"AFG", "NAM"}
    assert "overall 61.2500 → 70.0000" in revised["NAM"]
    assert len({one["id"] for one in told}) == len(told)
    for one in told:
        assert (out.published / one["link"]).exists()


def test_each_class_and_each_state_has_a_feed_of_its_own(out: DataFolders) -> None:
    by_class = {kind: entries(out, f"feeds/class/{kind.replace(' ', '-')}.xml") for kind in CLASSES}
    assert {kind: len(told) for kind, told in by_class.items() if told} == {"error": 2}
    assert {one["terms"][1] for one in by_class["error"]} == {"error"}
    namibia = entries(out, "feeds/state/NAM.xml")
    assert [one["terms"][0] for one in namibia] == ["revision", "release", "release"]
    assert all("vintage 2" not in one["terms"] for one in namibia if "release" in one["terms"])
    for one in namibia:
        assert (out.published / "feeds/state" / one["link"]).exists()


def test_the_page_of_errata_has_what_the_feed_has_by_class_and_leads_to_release_and_feed(out: DataFolders) -> None:
    page = html.fromstring((out.published / "errata.html").read_text(encoding="utf-8"))
    told = [one for one in entries(out, "feed.xml") if "release" not in one["terms"]]
    by_class = {part.get("id"): [one.text for one in part.iterfind(".//strong")] for part in page.xpath("//section")}
    assert by_class["error"] == [one["title"] for one in told if "erratum" in one["terms"]]
    assert by_class["revision"] == [one["title"] for one in told if "revision" in one["terms"]]
    assert set(by_class) == {*(kind.replace(" ", "-") for kind in CLASSES), "revision"}
    rows = [[cell.text_content() for cell in row.iterfind("td")] for row in page.xpath("//tbody/tr")]
    assert [row[0] for row in rows] == ["GCI 2024, vintage 2", "GCI 2024, vintage 1", "GCI 2020, vintage 1"]
    links = page.xpath("//a/@href[not(starts-with(., '#'))]")
    assert {"2024/v2/notes.md", "feeds/class/error.xml", "feeds/state/NAM.xml", "feed.xml"} <= set(links)
    assert [one for one in links if not (out.published / one).is_file()] == []
    assert page.xpath("//script | //img | //link") == []


def test_the_page_beside_some_of_the_releases_leads_to_no_other(out: DataFolders) -> None:
    page = html.fromstring(errata_page(releases(out), ["2024@v2"]))
    assert set(page.xpath("//a/@href[not(starts-with(., '#'))]")) == {"2024/v2/notes.md"}


def test_what_a_kill_left_out_is_made_good(out: DataFolders, tmp_path: Path) -> None:
    folders = DataFolders(shutil.copytree(out.root, tmp_path / "copy"))
    before = tree(folders.published)
    (folders.published / "latest.json").unlink()
    (folders.published / "errata.html").unlink()
    shutil.rmtree(folders.published / "feeds")
    recover(folders)
    assert tree(folders.published) == before


def test_what_is_planned_next_is_said_and_moves_with_a_decision(out: DataFolders, tmp_path: Path) -> None:
    folders = DataFolders(shutil.copytree(out.root, tmp_path / "copy"))
    land_decisions(folders, "2026", [{"kind": "release_hour", "day": "2027-03-28", "value": "09:00 Asia/Kathmandu"}])
    # The hour of a correction of 2020; that of 2024 was had by a release.
    land_decisions(folders, "2020", [{"kind": "release_hour", "day": "2099-01-01", "value": "00:00 Pacific/Auckland"}])
    land_decisions(folders, "2024", [{"kind": "release_hour", "day": "2026-01-01", "value": "09:00 UTC"}])
    tell_readers(folders)
    assert [(one["edition"], one["planned_for"]) for one in latest(folders)["next"]] == [
        ("2026", "2027-03-28T03:15:00+00:00"),
        ("2020", "2098-12-31T11:00:00+00:00"),
    ]
    assert len(releases(folders)) == 3


def test_a_feed_holds_whatever_a_text_has() -> None:
    entry = Entry("tag:x", "<b>& \x00", "2026-01-01T00:00:00Z", "ليس صفرا \ufffe", "a&b", ("t",))
    root = etree.fromstring(feed("tag:f", "T", "2026-01-01T00:00:00Z", "latest.json", [entry]).encode())
    assert root.findtext("a:entry/a:title", namespaces=ATOM) == "<b>&  "
