"""Every kind of page in a browser: axe finds nothing serious, nothing is wider than the screen, keys reach it all."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from debian_package import brought_by
from gci.core.paths import DataFolders
from gci.storage.release_log import find

pytestmark = pytest.mark.slow

KINDS = (
    *("", "state/EST/", "state/FSM/", "group/itu_region-AFR/", "indicator/ls1/", "activities/", "activity/1.a/"),
    *("method/", "quality/", "audit/", "errata/", "calendar/", "downloads/", "verify/"),
)
WIDE, NARROW = 1440, 400
SERIOUS = ("serious", "critical")
TABS = 12


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    program = brought_by("chromium", lambda: shutil.which("chromium"))
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield started
        started.close()


def _opened(browser: Browser, file: Path, width: int = WIDE, **how: Any) -> Page:
    page = browser.new_context(viewport={"width": width, "height": 900}, **how).new_page()
    page.goto(file.as_uri())
    return page


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("edition", ["2020", "2024"])
def test_axe_finds_nothing_serious(browser: Browser, published_data: DataFolders, edition: str, kind: str) -> None:
    file = find(edition, published_data).folder / "en" / kind / "index.html"
    for scheme in ("light", "dark"):
        page = _opened(browser, file, bypass_csp=True, color_scheme=scheme)
        for details in page.query_selector_all("details"):
            details.evaluate("one => one.open = true")
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        told = [(one["id"], one["nodes"][0]["html"][:200]) for one in found if one["impact"] in SERIOUS]
        page.context.close()
        assert not told, scheme


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_wider_than_the_screen(browser: Browser, published_data: DataFolders, kind: str) -> None:
    for width in (NARROW, WIDE):
        page = _opened(browser, find("2024", published_data).folder / "en" / kind / "index.html", width)
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        page.context.close()
        assert wider <= 0, width


def test_the_keyboard_reaches_what_can_be_pressed(browser: Browser, published_data: DataFolders) -> None:
    page = _opened(browser, find("2024", published_data).folder / "en/index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    seen = set()
    for _ in range(TABS):
        page.keyboard.press("Tab")
        shown = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert shown != "none"
        seen.add(page.evaluate("document.activeElement.outerHTML"))
    assert len(seen) == TABS
    (head,) = page.query_selector_all("th button:has-text('Score')")
    head.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector('th[aria-sort]').getAttribute('aria-sort')") == "ascending"
    page.select_option(".by-group select", "itu_region-AFR")
    assert page.evaluate("[...document.querySelectorAll('tbody tr')].filter(row => !row.hidden).length") == len(
        page.query_selector_all("tr[data-groups*='itu_region-AFR ']")
    )
    page.context.close()


def test_what_is_printed_is_the_content(browser: Browser, published_data: DataFolders) -> None:
    page = _opened(browser, find("2024", published_data).folder / "en/index.html")
    page.emulate_media(media="print")
    for hidden in ("header nav", ".filter", ".skip"):
        assert not page.is_visible(hidden), hidden
    assert page.is_visible("main table")
    page.context.close()


def test_pages_read_without_scripts(browser: Browser, published_data: DataFolders) -> None:
    page = _opened(browser, find("2024", published_data).folder / "en/index.html", java_script_enabled=False)
    assert page.is_visible("main table")
    assert not page.is_visible(".by-group")
    page.context.close()
