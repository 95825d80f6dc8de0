"""The sign-off and the project's pages as people see them: headless Chromium, logged in, on a real candidate of 2020.

Screenshots lie in the test's folder, or in $SCREENSHOTS.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect, sync_playwright

from command_line import gci
from debian_package import brought_by
from server_process import Server, serving

pytestmark = pytest.mark.slow

PATIENCE = 120_000  # milliseconds: the machine may be busy
expect.set_options(timeout=PATIENCE)
BROKEN_RETURN = "edition,iso3,item,answer,evidence_url,comment\n2020,EST,lm1,1.7,,<script>alert(1)</script>\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on a data folder in which 2020 waits for a sign-off."""
    data = tmp_path_factory.mktemp("signed")
    assert gci(data, "replay", "--edition", "2020").code == 0
    (data / "inbox/survey/2020/EST_second_try.csv").write_text(BROKEN_RETURN, encoding="utf-8")
    assert gci(data, "run", "--edition", "2020").code == 0
    with serving(data) as started:
        yield started


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    program = brought_by("chromium", lambda: shutil.which("chromium"))
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="module")
def shots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where screenshots go."""
    folder = Path(os.environ.get("SCREENSHOTS") or tmp_path_factory.mktemp("screenshots"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _log_in(browser: Browser, server: Server, user: str, width: int = 1400, theme: str = "light") -> Page:
    context = browser.new_context(viewport={"width": width, "height": 1000})
    # It runs in every frame; one with an origin of its own has no storage.
    context.add_init_script(f"try {{ localStorage.setItem('theme', '{theme}') }} catch {{}}")
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(server.address)
    page.locator("input[name=username]").fill(user)
    page.locator("input[name=password]").fill(server.password(user))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/login" not in url)
    return page


def test_pages_are_behind_the_log_in(server: Server) -> None:
    for path in ("/gci/", "/gci/status/2020", "/gci/style.css"):
        stranger = server.ask(None, "GET", path)
        assert stranger.status_code == 401, path
        assert "2020" not in stranger.text
    person = server.ask(None, "GET", "/gci/", follow_redirects=False)
    assert person.status_code in (401, 307)
    shown = server.ask("viewer", "GET", "/gci/")
    assert shown.status_code == 200
    assert "default-src 'none'" in shown.headers["content-security-policy"]
    assert "script-src 'sha256-" in shown.headers["content-security-policy"]
    assert server.ask("viewer", "POST", "/gci/").status_code == 405


def test_no_path_leads_out(server: Server) -> None:
    (folder,) = (server.data / "candidates").glob("2020-v1-*")
    known = f"/gci/candidates/{folder.name}/data_docs"
    assert server.ask("viewer", "GET", f"{known}/index.html").status_code == 200
    for path in (
        f"{known}/..%2fmanifest.json",
        f"{known}/%2e%2e/manifest.json",
        f"{known}/..%2f..%2f..%2fairflow%2fairflow.cfg",
        f"{known}/%2fetc%2fpasswd",
        "/gci/candidates/..%2fairflow/data_docs/index.html",
        "/gci/releases/2020/v1/data_docs/index.html",
    ):
        answered = server.ask("viewer", "GET", path)
        assert answered.status_code == 404, path


def _open(page: Page, name: str) -> FrameLocator:
    """Go to one of the project's pages through Airflow's navigation: the control room is one click away."""
    if name != "Control":
        page.get_by_text("Plugins", exact=True).click()
        page.get_by_role("menuitem", name=name).click()
    else:
        page.get_by_role("link", name=name, exact=True).click()
    return page.frame_locator("iframe")


@pytest.mark.parametrize("width", [1440, 800])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_control_room_is_one_click_away_in_airflows_theme(
    server: Server, browser: Browser, shots: Path, width: int, theme: str
) -> None:
    page = _log_in(browser, server, "engineer", width, theme)
    frame = _open(page, "Control")
    expect(frame.get_by_role("heading", name="Where everything stands")).to_be_visible()
    expect(frame.get_by_text("waits for a publisher")).to_be_visible()
    expect(frame.locator("html")).to_have_attribute("data-theme", theme)
    assert frame.locator("body").evaluate("body => body.scrollWidth <= window.innerWidth")
    page.screenshot(path=shots / f"control_room_{width}_{theme}.png", full_page=True)
    frame.get_by_role("link", name="answer", exact=True).click()  # out of the frame, to Airflow's own page
    expect(page.get_by_role("button", name="Approve", exact=True)).to_be_visible()
    page.screenshot(path=shots / f"sign_off_{width}_{theme}.png")
    page.context.close()


def test_a_file_is_brought_through_the_page_and_its_verdict_shown(
    server: Server, browser: Browser, shots: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "EST_third_try.csv"
    broken.write_text(BROKEN_RETURN, encoding="utf-8")
    page = _log_in(browser, server, "engineer")
    frame = _open(page, "Upload")
    frame.locator("input[name=files]").set_input_files(broken)
    frame.locator("select[name=place]").select_option("survey/2020")
    frame.get_by_role("button", name="Check and upload").click()
    expect(frame.get_by_text("refused", exact=True).first).to_be_visible()
    expect(frame.get_by_text("is not an item of edition 2020").first).to_be_visible()
    page.screenshot(path=shots / "upload.png", full_page=True)
    assert not (server.data / "inbox/survey/2020/EST_third_try.csv").exists()


def test_forms_may_be_sent_empty(server: Server, browser: Browser, shots: Path) -> None:
    page = _log_in(browser, server, "engineer")
    for dag_id in ("build_index", "publish_edition"):
        page.goto(f"{server.address}/dags/{dag_id}")
        page.get_by_role("button", name="Trigger Dag").click()
        expect(page.get_by_role("dialog").get_by_role("button", name="Trigger", exact=True)).to_be_enabled()
        page.screenshot(path=shots / f"trigger_{dag_id}.png")


def test_an_engineer_finds_the_refused_file_by_its_name(server: Server, browser: Browser, shots: Path) -> None:
    page = _log_in(browser, server, "engineer")
    page.goto(f"{server.address}/dags")
    order = ["edition_calendar", "collect_survey", "collect_partners", "build_index", "publish_edition", "tell_owners"]
    order.append("decide")
    names = page.get_by_role("link", name=re.compile(r"^\d · "))
    expect(names).to_have_text([f"{place} · {name}" for place, name in enumerate(order)])
    page.screenshot(path=shots / "dags.png")
    runs = server.get("/dags/collect_survey/dagRuns", state="failed")["dag_runs"]
    page.goto(f"{server.address}/dags/collect_survey/runs/{quote(runs[0]['dag_run_id'], safe='')}")
    page.get_by_role("button", name="Expand all task groups").click()
    for task in ("inbox", "landing", "collect_batch [ ]", "quarantine", "refused [ ]", "survey_status"):
        expect(page.get_by_text(task, exact=True).first).to_be_visible()
    page.screenshot(path=shots / "grid.png")
    page.get_by_role("link", name="EST · EST_second_try.csv").first.click()
    expect(page.get_by_text("is not an item of edition 2020").first).to_be_visible()
    page.screenshot(path=shots / "refused.png")


def test_a_viewer_sees_the_pages_in_airflows_frame(server: Server, browser: Browser, shots: Path) -> None:
    page = _log_in(browser, server, "viewer")
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    frame = _open(page, "Edition status")
    expect(frame.get_by_text("Nothing has been collected for it yet")).to_be_visible()  # no edition is being collected
    page.screenshot(path=shots / "status_not_made.png")
    assert gci(server.data, "status", "--edition", "2020").code == 0
    frame.get_by_role("link", name="State by state").click()
    frame.get_by_role("link", name="2020", exact=True).click()
    expect(frame.get_by_role("heading", name="Edition 2020")).to_be_visible()
    expect(frame.get_by_text("194 of 194 states")).to_be_visible()
    expect(frame.get_by_text("EST_second_try.csv").first).to_be_visible()
    page.screenshot(path=shots / "status.png")

    frame = _open(page, "Candidates and releases")
    expect(frame.get_by_text("waiting")).to_be_visible()
    page.screenshot(path=shots / "shelf.png")
    frame.get_by_role("link", name="Data Docs").click()
    expect(frame.get_by_role("heading", name="Gates of 2020, vintage 1")).to_be_visible()
    page.screenshot(path=shots / "data_docs.png")
    frame.get_by_role("link", name="overall_scores", exact=True).click()
    expect(frame.get_by_text("Table-Level Expectations").last).to_be_visible()
    expect(frame.get_by_text("Data asset: None")).to_have_count(0)
    frame.get_by_label("Failed Only").check()
    expect(frame.get_by_text("Must have these columns in this order").last).to_be_hidden()
    page.screenshot(path=shots / "data_docs_failed_only.png")

    page.goto(f"{server.address}/plugin/gci-shelf")
    frame.get_by_role("link", name="dbt run").click()
    expect(frame.get_by_role("cell", name="overall_scores", exact=True)).to_be_visible()
    page.screenshot(path=shots / "dbt_run.png")

    frame.get_by_role("link", name="Candidates and releases").click()
    frame.get_by_role("link", name="dbt docs").click()
    expect(frame.get_by_role("heading", name="The warehouse of the Global Cybersecurity Index")).to_be_visible()
    page.screenshot(path=shots / "dbt_docs.png")
    frame.locator(".btn-launch, .launcher").first.click()
    expect(frame.get_by_text("Lineage Graph")).to_be_visible()
    page.screenshot(path=shots / "lineage.png")
    assert not errors


def test_a_publisher_approves_in_the_ui_and_it_is_published(server: Server, browser: Browser, shots: Path) -> None:
    (asked,) = server.get("/dags/publish_edition/dagRuns/~/hitlDetails", response_received=False)["hitl_details"]
    run_id = asked["task_instance"]["dag_run_id"]
    digest = asked["params"]["digest"]["value"]
    refused = server.answer("engineer", "publish_edition", run_id, "Approve", digest=digest, note="mine")
    assert refused.status_code == 403

    page = _log_in(browser, server, "publisher")
    page.goto(f"{server.address}/required_actions")
    page.screenshot(path=shots / "required_actions.png")
    page.get_by_role("link", name="Publish 2020, vintage 1?").first.click()
    expect(page.get_by_text(digest).first).to_be_visible()
    page.screenshot(path=shots / "sign_off.png", full_page=True)
    page.locator("input[name=element_note]").fill("compared with the printed table")
    page.screenshot(path=shots / "sign_off_note.png")
    page.get_by_role("button", name="Approve", exact=True).click()
    assert server.await_state({"success", "failed"}, "publish_edition", run_id) == "success"
    page.screenshot(path=shots / "approved.png")

    document = json.loads((server.data / "published/2020/v1/release.json").read_text(encoding="utf-8"))
    assert document["sign_off"] | {"signed_at": ""} == {
        "name": "publisher",
        "note": "compared with the printed table",
        "candidate_digest": digest,
        "via": "airflow",
        "signed_at": "",
    }
