"""What people will read is held by a gate: each corruption is stopped by the check that it names, and by no other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gci.core.records import GateReport
from gci.gates.run import hold_pages
from gci.reference.labels import LANGUAGES
from gci.site.held import of_paper
from gci.site.paper import Paper
from mutants.pages import PAGES, Spoilt, copied_pages, spoilt_pages


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> GateReport:
    return hold_pages(spoilt_pages(tmp_path_factory.mktemp("spoilt")))


@pytest.mark.parametrize("one", PAGES, ids=lambda one: one.name)
def test_a_page_that_was_changed_is_stopped(spoilt: GateReport, one: Spoilt) -> None:
    assert {failure.check for failure in spoilt.failures if failure.keys["page"] == one.page} == {one.check}


def test_nothing_else_is(spoilt: GateReport) -> None:
    assert {failure.keys["page"] for failure in spoilt.failures} == {one.page for one in PAGES}


def test_pages_that_are_gone_are_missed(tmp_path: Path) -> None:
    candidate = copied_pages(tmp_path)
    (tmp_path / "pages/en/errata/feed.xml").unlink()
    assert {(one.check, one.keys["page"]) for one in hold_pages(candidate).failures} == {
        ("pages_are_the_due_ones", "en/errata/feed.xml"),
        ("links_lead_somewhere", "en/errata/index.html"),
    }
    (tmp_path / "pages/pages.json").write_text(json.dumps({"edition": "2020"}))
    assert {one.check for one in hold_pages(candidate).failures} == {"pages_are_the_due_ones"}


def test_a_file_that_cannot_be_opened_stops_them(tmp_path: Path) -> None:
    candidate = copied_pages(tmp_path)
    candidate.database.unlink()
    candidate.database.write_text("no database")
    (failure,) = hold_pages(candidate).failures
    assert failure.check == "file_can_be_opened"


EVERY, FEWER = list(LANGUAGES), [one for one in LANGUAGES if one != "zh"]


@pytest.mark.parametrize(
    ("paper", "stopped"),
    [
        (Paper("2024", 1, True, EVERY, EVERY), set()),
        (Paper("2024", 1, False, ["en"]), set()),
        (Paper("2024", 1, True, FEWER, EVERY), {"official_pages_are_in_six_languages"}),
        (Paper("2024", 1, True, EVERY, FEWER, {"zh": ["A font"]}), {"official_profiles_are_in_six_languages"}),
    ],
)
def test_an_official_release_is_in_six_languages(paper: Paper, stopped: set[str]) -> None:
    found = list(of_paper(paper))
    assert {one.check for one in found} == stopped
    assert not found or found[0].place == "zh"
