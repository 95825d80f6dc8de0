"""The project's pages as browsers ask for them: who may read and bring files, from where, and no bare error."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from command_line import PROCESS, environment
from gci.collect.replay import replay
from gci.core.paths import DataFolders
from gci.reference.decisions import HEADER, KINDS

SCRIPT = Path(__file__).with_name("ask_in_process.py")
ROLES = {"viewer": "viewer", "engineer": "op", "publisher": "user"}
LINE = "test-boundary"
SENT = {"Content-Type": f"multipart/form-data; boundary={LINE}"}
BROWSER = {"Sec-Fetch-Site": "same-origin"}
BAD = "edition,iso3,item,answer,evidence_url,comment\n2020,EST,ls1,1.7,,\n"


DECISION = (
    "edition,id,kind,iso3,subject,was,value,day,reason,evidence,author,approver,decided_on,answers\n"
    "2024,a,extension,EST,,,,2026-02-28,why,a letter,Ana Lima,Ana Lima,2026-01-04,\n"
)


def form(name: str, content: str, place: str = "survey/2020", keep: str = "all") -> str:
    """A form as a browser sends it."""
    fields = {"place": place, "keep": keep}
    parts = [
        f'--{LINE}\r\nContent-Disposition: form-data; name="{one}"\r\n\r\n{said}\r\n' for one, said in fields.items()
    ]
    file = f'--{LINE}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n{content}\r\n'
    return "".join([*parts, file, f"--{LINE}--\r\n"])


def get(path: str, user: str | None = "viewer") -> dict[str, Any]:
    """A question for a page."""
    return {"method": "GET", "path": path, "user": user, "role": ROLES.get(user or "")}


def upload(name: str, content: str, user: str, place: str = "survey/2020", **headers: str) -> dict[str, Any]:
    """A question that brings a file."""
    asked = {"method": "POST", "path": "/gci/upload", "user": user, "role": ROLES[user]}
    return asked | {"raw": form(name, content, place), "headers": SENT | headers}


LONG = "x" * 5000
ODD = {
    f"{name} {what}": get(path.format(odd))
    for what, odd in (("with a zero", "%00"), ("of 5,000 letters", LONG))
    for name, path in {
        "a page": "/gci/{}",
        "a round": "/gci/status/{}",
        "a report": "/gci/reports/{}",
        "letters": "/gci/letters/{}",
        "a letter": "/gci/letters/2026/{}",
        "a questionnaire": "/gci/letters/2026/{}/questionnaire",
        "a candidate": "/gci/candidates/{}/dbt",
        "a document": "/gci/candidates/2024-v1-abc/data_docs/{}",
        "a release": "/gci/releases/{}/v1/dbt",
    }.items()
}


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Everything that was asked, in one process, on a folder in which nothing has been built; and what lay there."""
    data = tmp_path_factory.mktemp("pages")
    folders, elsewhere = DataFolders(data), DataFolders(tmp_path_factory.mktemp("elsewhere"))
    replay("2020", ["EST"], elsewhere)
    (file,) = (elsewhere.inbox / "survey/2020").iterdir()
    prepare = [sys.executable, "-m", "gci.orchestration.local_server.prepare"]
    subprocess.run(prepare, env=environment(data), check=True, capture_output=True)
    good = file.read_text("utf-8")
    asked = {
        **ODD,
        "room": get("/gci/"),
        "shelf": get("/gci/shelf"),
        "no round": get("/gci/status/2024"),
        "form of a viewer": get("/gci/upload"),
        "form of an engineer": get("/gci/upload", "engineer"),
        "a stranger": get("/gci/", None),
        "a viewer brings": upload("viewer.csv", good, "viewer"),
        "a good one": upload("EST.csv", good, "engineer"),
        "a bad one": upload("bad.csv", BAD, "publisher"),
        "a French one": upload("FRA.csv", BAD.replace("EST", "FRA"), "engineer"),
        "a decision": upload("decision.csv", DECISION, "engineer", "decisions/2024"),
        "about publish_edition": upload("publish_edition", good, "engineer"),
        "another writing route": {"method": "PUT", "path": "/gci/upload", "user": "engineer", "role": "op"},
    }
    # With the cookie alone, as a browser comes.
    for name, headers in {
        "from the page": BROWSER,
        "from another site": {"Sec-Fetch-Site": "cross-site"},
        "from another part of the site": {"Sec-Fetch-Site": "same-site"},
        "from the same origin": {"Origin": "http://test.invalid"},
        "from another origin": {"Origin": "http://evil.invalid"},
        "from nowhere": {},
    }.items():
        asked[name] = upload(f"{name}.csv", BAD, "engineer", **headers) | {"cookie": True}
    older = (
        "create table survey_status (edition varchar, iso3 varchar); create table refused_files as from survey_status;"
    )
    asked["an upgrade"] = {
        "lay": str(folders.survey),
        "sql": f"{older} insert into survey_status values ('2026', 'EST')",
    }
    asked["room after an upgrade"] = get("/gci/")
    asked["round after an upgrade"] = get("/gci/status/2026")
    asked["too long"] = upload("long.csv", BAD, "engineer", **{"Content-Length": "100000000"})
    target = data / "said.json"
    done = subprocess.run(
        [*PROCESS, SCRIPT, data, target],
        env=environment(data),
        input=json.dumps(list(asked.values())),
        text=True,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    answers = dict(zip(asked, json.loads(target.read_text("utf-8")), strict=True))
    lies = sorted(path.relative_to(folders.inbox).as_posix() for path in folders.inbox.rglob("*") if path.is_file())
    return {"answers": answers, "lies": lies, "good": good, "folders": folders}


def test_no_address_gives_a_bare_500(said: dict[str, Any]) -> None:
    came = {name: said["answers"][name]["status"] for name in ODD}
    assert {name: status for name, status in came.items() if not 400 <= status < 500} == {}
    assert all("<h1>" in said["answers"][name]["text"] for name in ODD)


def test_an_empty_folder_is_shown_with_what_to_do_next(said: dict[str, Any]) -> None:
    room = said["answers"]["room"]
    assert room["status"] == 200
    assert "Nothing has come in yet" in room["text"]
    assert "Nothing waits for anybody" in room["text"]
    assert str(said["folders"].root) not in room["text"]
    assert said["answers"]["shelf"]["status"] == 200


def test_a_round_file_of_another_version_is_told_of_and_takes_nothing_else_away(said: dict[str, Any]) -> None:
    room = said["answers"]["room after an upgrade"]
    assert room["status"] == 200
    assert "Where everything stands" in room["text"]
    assert "could not be read" in room["text"]
    assert said["answers"]["round after an upgrade"]["status"] == 404
    assert str(said["folders"].root) not in room["text"]


def test_an_edition_without_a_round_is_no_error_and_tells_no_path(said: dict[str, Any]) -> None:
    shown = said["answers"]["no round"]
    assert shown["status"] == 200
    assert "No round is followed for it" in shown["text"]
    assert str(said["folders"].root) not in shown["text"]


def test_one_script_runs_on_the_pages_and_it_asks_nobody(said: dict[str, Any]) -> None:
    policy = said["answers"]["room"]["headers"]["content-security-policy"]
    assert "script-src 'sha256-" in policy
    assert "default-src 'none'" in policy
    assert "connect-src" not in policy
    assert "form-action 'none'" in policy
    assert "form-action 'self'" in said["answers"]["form of an engineer"]["headers"]["content-security-policy"]


def test_who_may_have_files_collected_may_bring_some(said: dict[str, Any]) -> None:
    answers = said["answers"]
    assert answers["a stranger"]["status"] in (401, 307)
    assert answers["a viewer brings"]["status"] == 403
    assert "<form" not in answers["form of a viewer"]["text"]
    assert "<form" in answers["form of an engineer"]["text"]
    assert answers["a good one"]["status"] == answers["a bad one"]["status"] == 200
    assert ">accepted<" in answers["a good one"]["text"]
    assert ">refused<" in answers["a bad one"]["text"]
    assert (said["folders"].inbox / "survey/2020/EST.csv").read_text("utf-8") == said["good"]


def test_whoever_brings_a_file_reads_english_and_its_sender_the_language_of_the_return(said: dict[str, Any]) -> None:
    shown = said["answers"]["a French one"]["text"]
    assert "is not between 0 and 1" in shown
    assert "n’est pas entre" not in shown


def test_decisions_are_held_against_the_rules_of_gci_decide_and_the_page_tells_them(said: dict[str, Any]) -> None:
    shown = said["answers"]["a decision"]["text"]
    assert ">refused<" in shown
    assert "may be, the same person" in shown
    told = said["answers"]["form of an engineer"]["text"]
    assert all(f"<code>{kind}</code>" in told for kind in KINDS)
    assert all(f"<code>{column}</code>" in told for column in HEADER)


def test_a_form_comes_from_the_pages_or_with_a_token(said: dict[str, Any]) -> None:
    answers = said["answers"]
    taken = {name for name in answers if name.startswith("from ") and answers[name]["status"] == 200}
    assert taken == {"from the page", "from the same origin"}
    assert all(answers[name]["status"] == 403 for name in answers if name.startswith("from ") and name not in taken)


def test_nothing_is_in_the_inbox_but_what_was_taken(said: dict[str, Any]) -> None:
    assert said["lies"] == [
        "decisions/2024/decision.csv",
        "survey/2020/EST.csv",
        "survey/2020/FRA.csv",
        "survey/2020/bad.csv",
        "survey/2020/from the page.csv",
        "survey/2020/from the same origin.csv",
        "survey/2020/publish_edition",
    ]
    assert said["answers"]["too long"]["status"] == 413
    assert said["answers"]["another writing route"]["status"] in (403, 405)
