"""A page of an older vintage, which is the same bytes for ever, as a web server shows it and as a folder does."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from debian_package import brought_by
from gci.core.paths import DataFolders
from gci.storage.release_log import find
from gci.storage.ways_in import Vintage, ways

pytestmark = pytest.mark.slow

PAGE = "en/state/EST/index.html"
CANDIDATE = "candidates/2024-v1-0a1b2c3d/pages"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def published(published_data: DataFolders, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a state of 2024 in two vintages, and what lies beside releases of which the second is the newest."""
    root = tmp_path_factory.mktemp("published")
    release = find("2024", published_data).folder
    for vintage in ("v1", "v2"):
        (root / "2024" / vintage / PAGE).parent.mkdir(parents=True)
        shutil.copytree(release / "assets", root / "2024" / vintage / "assets")
        page = (release / PAGE).read_text("utf-8").replace('data-vintage="1"', f'data-vintage="{vintage[1:]}"')
        (root / "2024" / vintage / PAGE).write_text(page, "utf-8")
    shutil.copytree(root / "2024/v1", root / CANDIDATE)
    for name, text in ways(
        {"2024": [Vintage(f"2024/{vintage}", [PAGE, "en/index.html"]) for vintage in ("v1", "v2")]}
    ).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    told = {"editions": [{"edition": "2020", "vintage": 9}, {"edition": "2024", "vintage": 2}]}
    (root / "latest.json").write_text(json.dumps(told))
    return root


@pytest.fixture(scope="module")
def address(published: Path) -> Iterator[str]:
    handler = partial(_Quiet, directory=str(published))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_an_older_page_says_which_is_newer_where_a_server_shows_it_and_leads_there(
    published: Path, address: str
) -> None:
    program = brought_by("chromium", lambda: shutil.which("chromium"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(f"{address}/2024/v1/{PAGE}")
        page.wait_for_selector(".newer:not([hidden])")
        assert page.inner_text(".newer").startswith("This is vintage 1. There is a newer one: 2.")
        page.click(".newer a")
        page.wait_for_url(f"{address}/2024/v2/{PAGE}")
        page.wait_for_load_state("networkidle")
        assert not page.is_visible(".newer")  # the newest
        page.goto((published / "2024/v1" / PAGE).as_uri())  # no browser reads latest.json from a folder
        page.wait_for_load_state("networkidle")
        assert not page.is_visible(".newer")
        page.click("footer a[rel=latest-version]")
        page.wait_for_url((published / "2024/v2" / PAGE).as_uri())
        page.goto((published / CANDIDATE / PAGE).as_uri())  # the same bytes, before anything is published
        page.wait_for_load_state("networkidle")
        assert not page.is_visible("footer a[rel=latest-version]")
        browser.close()
