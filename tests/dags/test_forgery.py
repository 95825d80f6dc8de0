"""Forged sign-offs over REST, under both auth managers: nothing that `publish` reads can be written there, by anybody.

Airflow's own app is asked in a process, on a copy of a run that waits for its sign-off; afterwards everything that
a task of publish_edition could read must be as it was.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from command_line import PROCESS, Run, asked, environment
from gci.core.paths import DataFolders
from gci.sign_off.routes import ANSWER, ELSEWHERE, NOTES, PASSING, REFUSED
from gci.sign_off.signed import verified_for

SCRIPT = Path(__file__).with_name("ask_in_process.py")
ROLES = {"viewer": "viewer", "engineer": "op", "admin": "admin", "publisher": "user"}
DAG = "publish_edition"
DIGEST = "0" * 64

READ_BY_TASKS = (
    "select dag_id, run_id, task_id, map_index, key, value from task_state_store order by 1, 2, 3, 4, 5",
    "select dag_id, run_id, task_id, map_index, key, value from xcom order by 1, 2, 3, 4, 5",
    "select id, task_id, state, max_tries, try_number, next_method, next_kwargs from task_instance "
    "where dag_id = 'publish_edition' order by 1",
    "select ti_id, responded_at, responded_by, chosen_options, params, params_input from hitl_detail order by 1",
    "select run_id, state, conf from dag_run where dag_id = 'publish_edition' order by 1",
)
FORGED_ANSWER = {"chosen_options": ["Approve"], "params_input": {"digest": DIGEST}}
FORGED = {"chosen_options": ["Approve"], "responded_by_user": {"id": "publisher", "name": "publisher"}}


@dataclass
class Place:
    """Where the request that waits is found."""

    run_id: str

    @property
    def run(self) -> str:
        return f"/api/v2/dags/{DAG}/dagRuns/{quote(self.run_id, safe='')}"

    def task(self, task: str = "sign_off") -> str:
        return f"{self.run}/taskInstances/{task}"

    def entity(self, **more: Any) -> dict[str, Any]:
        return {"dag_id": DAG, "dag_run_id": self.run_id, "task_id": "sign_off", "map_index": -1} | more

    def bulk(self, action: str = "update", **more: Any) -> dict[str, Any]:
        return {"actions": [{"action": action, "entities": [self.entity(**more)]}]}


def _three_ways(at: Place) -> dict[str, tuple[str, str, Any]]:
    """The ways that once led through: method, path and body by name."""
    state = f"{at.task()}/state-store"
    by = {"names": ["publisher"], "role": "publisher"}
    nobody = {"digest": DIGEST, "until": "2099-01-01T00:00:00+00:00", "reviewers": [], "tries": 3}
    return {
        "who answered": ("PUT", f"{state}/answerer.publisher", {"value": by}),
        "the answer": ("PUT", f"{state}/answer", {"value": FORGED}),
        "a result": ("POST", f"{at.task()}/xcomEntries", {"key": "return_value", "value": FORGED, "map_index": -1}),
        "done": ("PATCH", at.task(), {"new_state": "success"}),
        "no reviewers": ("PUT", f"{state}/asked", {"value": nobody}),
    }


def _all_others(at: Place) -> dict[tuple[str, str], tuple[str, Any]]:
    """Path and body for every route that is refused."""
    api, state = "/api/v2", f"{at.task()}/state-store"
    values: dict[tuple[str, str], tuple[str, Any]] = {
        ("PUT", "state-store/{key:path}"): (f"{state}/answer", {"value": FORGED}),
        ("PATCH", "state-store/{key:path}"): (f"{state}/asked", {"value": FORGED}),
        ("DELETE", "state-store/{key:path}"): (f"{state}/asked", None),
        ("DELETE", "{task_id}/state-store"): (state, None),
        ("POST", "xcomEntries"): (f"{at.task('choose')}/xcomEntries", {"key": "return_value", "value": {}}),
        ("PATCH", "xcomEntries/{xcom_key:path}"): (
            f"{at.task('gate_release')}/xcomEntries/return_value",
            {"value": {}},
        ),
        ("DELETE", "xcomEntries/{xcom_key:path}"): (f"{at.task('request')}/xcomEntries/return_value", None),
        ("PATCH", "{dag_run_id}/taskInstances"): (f"{at.run}/taskInstances", at.bulk(new_state="success")),
        ("PATCH", "{group_id}"): (f"{at.run}/taskGroupInstances/none", {"new_state": "success"}),
        ("DELETE", "taskInstances/{task_id}"): (at.task(), None),
        ("PATCH", "{dag_id}/dagRuns"): (
            f"{api}/dags/{DAG}/dagRuns",
            {"actions": [{"action": "update", "entities": [{"dag_run_id": at.run_id, "state": "success"}]}]},
        ),
        ("DELETE", "dagRuns/{dag_run_id}"): (at.run, None),
        ("DELETE", "dags/{dag_id}"): (f"{api}/dags/{DAG}", None),
        ("POST", "clearPartitions"): (f"{api}/dags/{DAG}/clearPartitions", {}),
        ("DELETE", "{dag_id}/assets/queuedEvents"): (f"{api}/dags/{DAG}/assets/queuedEvents", None),
        ("DELETE", "{asset_id}/queuedEvents"): (f"{api}/dags/{DAG}/assets/1/queuedEvents", None),
    }
    found = {}
    for method, template in REFUSED:
        (key,) = [one for one in values if one[0] == method and template.endswith(f"/{one[1]}")]
        found[method, template] = values.pop(key)
    assert not values, values
    return found


def _tricks(at: Place) -> dict[str, dict[str, Any]]:
    """Other spellings of the same writes."""
    state, value = f"{at.task()}/state-store/answer", {"value": FORGED}
    whole = "/api/v2/dags/~/dagRuns/~/taskInstances"
    text = json.dumps(at.bulk(new_state="success"))
    puts = {
        "two slashes": state.replace("/api/", "//api/"),
        "two slashes within": state.replace("/dags/", "/dags//"),
        "a slash at the end": f"{state}/",
        "an encoded letter": state.replace("publish_", "%70ublish%5F"),
        "an encoded slash": state.replace("/sign_off/", "%2Fsign_off%2F"),
        "a step back": state.replace("/dags/", "/pools/../dags/"),
        "another case": state.replace(DAG, DAG.upper()),
        "a blank": state.replace(DAG, f"{DAG}%20"),
        "a query": f"{state}?map_index=-1",
        "all runs": state.replace(quote(at.run_id, safe=""), "~"),
        "all DAGs": state.replace(DAG, "~"),
    }
    bodies = {
        "in a body about all": {"path": whole, "raw": text},
        "in a body about another DAG": {"path": "/api/v2/dags/build_index/dagRuns/x/taskInstances", "raw": text},
        "with escaped letters": {"path": whole, "raw": text.replace("publish", "\\u0070ublish")},
        "in UTF-16": {"path": whole, "raw": text, "encoding": "utf-16"},
        "with a key twice": {"path": whole, "raw": text.replace('"dag_id"', '"dag_id": "build_index", "dag_id"')},
        "deeply nested": {"path": whole, "raw": "[" * 100_000 + "]" * 100_000},
        "deleting": {"path": whole, "raw": json.dumps(at.bulk("delete"))},
        "all runs of all": {
            "path": "/api/v2/dags/~/dagRuns",
            "raw": json.dumps(
                {"actions": [{"action": "update", "entities": [at.entity(state="success") | {"task_id": None}]}]}
            ),
        },
        "a note and a state": {"path": at.task(), "raw": json.dumps({"note": "x", "new_state": "success"})},
        "a note that hides a state": {"path": f"{at.task()}?update_mask=new_state", "raw": json.dumps({"note": "x"})},
        "the state of the run": {"path": at.run, "raw": json.dumps({"state": "success"})},
        "the run queued": {"path": at.run, "raw": json.dumps({"state": "queued"})},
        "an answer by an odd number": {"path": f"{at.task()}/-1.0/hitlDetails", "raw": json.dumps(FORGED_ANSWER)},
        "a task by its number": {"path": f"{at.task()}/-1", "raw": json.dumps({"new_state": "success"})},
        "with those after it": {
            "path": at.task("approved"),
            "raw": json.dumps({"new_state": "success", "include_upstream": True}),
        },
    }
    return {name: {"method": "PUT", "path": path, "body": value} for name, path in puts.items()} | {
        name: {"method": "PATCH"} | one for name, one in bodies.items()
    }


def _allowed(at: Place) -> dict[str, tuple[str, str, Any]]:
    """What an engineer must be able to do. In this order: what clears comes last."""
    api = f"/api/v2/dags/{DAG}"
    clear = {"dag_run_id": at.run_id, "task_ids": ["rejected"], "only_failed": False}
    return {
        "note on the run": ("PATCH", at.run, {"note": "who looks at this?"}),
        "note on a task": ("PATCH", f"{at.task()}/-1", {"note": "the index team"}),
        "pause": ("PATCH", api, {"is_paused": False}),
        "what would become of it": ("PATCH", f"{at.task()}/dry_run", {"new_state": "success"}),
        "what would be cleared": ("POST", f"{api}/clearTaskInstances", clear | {"dry_run": True}),
        "trigger": ("POST", f"{api}/dagRuns", {"dag_run_id": "by_hand", "logical_date": None, "conf": {}}),
        "clear": ("POST", f"{api}/clearTaskInstances", clear | {"dry_run": False}),
    }


NOTES_REFUSED = {"a list": ["seen"], "half a character": "\ud800", "a zero": "\0", "a book": "seen " * 3000}


def _answer(at: Place, digest: str, note: Any = " seen ") -> tuple[str, str, Any]:
    """An approval with a signature of one's own make beside it."""
    filled_in = {"digest": digest, "note": note, "signed": {"signature": "AAAA"}, "names": ["somebody else"]}
    return "PATCH", f"{at.task()}/-1/hitlDetails", {"chosen_options": ["Approve"], "params_input": filled_in}


@dataclass
class Attacked:
    """What became of everything that was tried, by name; and what tasks could read, before and after."""

    said: dict[str, dict[str, Any]]
    before: list[Any]
    after: list[Any]
    audit: list[Any]
    at: Place
    data: Path
    digest: str
    manager: str


def _ask(data: Path, questions: list[dict[str, Any]], manager: str) -> list[dict[str, Any]]:
    variables = environment(data)
    if manager == "fab":
        variables["AIRFLOW__CORE__AUTH_MANAGER"] = "airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager"
    target = data / "said.json"
    done = subprocess.run(
        [*PROCESS, SCRIPT, data, target],
        env=variables,
        input=json.dumps(questions),
        text=True,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    answers: list[dict[str, Any]] = json.loads(target.read_text(encoding="utf-8"))
    return answers


def _as(user: str, name: str, method: str, path: str, body: Any = None, **more: Any) -> tuple[str, dict[str, Any]]:
    one = {"user": user, "role": ROLES[user], "method": method, "path": path, "body": body}
    return f"{user}: {name}", one | more


@pytest.fixture(scope="module", params=["simple", pytest.param("fab", marks=pytest.mark.slow)])
def attacked(request: pytest.FixtureRequest, waiting: Run, tmp_path_factory: pytest.TempPathFactory) -> Attacked:
    """Everything tried, by everybody who may edit DAGs, on a copy of a run that waits."""
    data = tmp_path_factory.mktemp("attacked") / "data"
    shutil.copytree(waiting.data, data)
    ((run_id,),) = asked(data, "select run_id from dag_run where dag_id = 'publish_edition'")
    at, ((shown,),) = Place(run_id), asked(data, "select params from hitl_detail")
    digest = json.loads(shown)["digest"]["value"]
    questions: dict[str, dict[str, Any]] = {}
    for user in ("engineer", "admin", "publisher"):
        questions |= dict(_as(user, name, *tried) for name, tried in _three_ways(at).items())
        questions |= dict(_as(user, " ".join(route), route[0], *tried) for route, tried in _all_others(at).items())
    questions |= dict(_as("admin", name, **tried) for name, tried in _tricks(at).items())
    questions |= dict([_as("publisher", "answer about what is published", *_answer(at, digest))])
    release = data / "published/2020/v1"
    release.mkdir(parents=True)
    told = {"candidate_digest": digest, "sign_off": {"name": "A. Signer"}, "sequence": 1}
    (release / "release.json").write_text(json.dumps(told), encoding="utf-8")
    before = json.loads(json.dumps([asked(data, sql) for sql in READ_BY_TASKS], default=str))
    told_of = "select owner, dag_id, task_id, extra from log where event = 'sign_off_guard.refused'"
    questions["after"] = {"rows": [*READ_BY_TASKS, told_of]}
    questions["published no more"] = {"remove": str(release.parent)}
    allowed = dict(_as("engineer", name, *tried) for name, tried in _allowed(at).items())
    for name, note in NOTES_REFUSED.items():
        method, path, body = _answer(at, digest, note)
        allowed |= dict([_as("publisher", name, method, path, raw=json.dumps(body))])
    allowed |= dict(_as(user, "answer", *_answer(at, digest)) for user in ("engineer", "admin", "publisher"))
    allowed["routes"] = {"routes": True}
    assert not questions.keys() & allowed.keys()
    questions |= allowed
    said = dict(zip(questions, _ask(data, list(questions.values()), request.param), strict=True))
    *after, audit = said.pop("after")["rows"]
    return Attacked(said, before, after, audit, at, data, digest, request.param)


def test_nothing_that_a_task_reads_has_changed(attacked: Attacked) -> None:
    assert attacked.before == attacked.after
    assert any(attacked.before[0]), "the task keeps its request in the store that was attacked"


def test_the_three_ways_are_refused_to_everyone_and_told(attacked: Attacked) -> None:
    for user in ("engineer", "admin", "publisher"):
        for name in _three_ways(attacked.at):
            said = attacked.said[f"{user}: {name}"]
            assert said["status"] == 403, (user, name, said)
            assert "refused to everyone" in json.loads(said["text"])["detail"]
    told = {(owner, task) for owner, _, task, _ in attacked.audit}
    assert told >= {(user, "sign_off") for user in ("engineer", "admin", "publisher")}
    assert {dag_id for _, dag_id, _, _ in attacked.audit} <= {DAG, DAG.upper(), f"{DAG} ", "build_index", "~"}


def test_every_other_route_that_writes_what_publish_reads_is_refused(attacked: Attacked) -> None:
    for method, template in REFUSED:
        for user in ("engineer", "admin", "publisher"):
            said = attacked.said[f"{user}: {method} {template}"]
            assert (method, template, said["status"]) == (method, template, 403), said
            assert "refused to everyone" in said["text"]


def test_no_spelling_of_a_path_or_body_gets_through(attacked: Attacked) -> None:
    names = _tricks(attacked.at)
    taken = {name: attacked.said[f"admin: {name}"]["status"] for name in names}
    assert {name: status for name, status in taken.items() if status < 300} == {}
    by_the_guard = {name for name in names if "refused to everyone" in attacked.said[f"admin: {name}"]["text"]}
    assert {"an encoded letter", "another case", "all runs", "a query", "in a body about all"} <= by_the_guard
    assert {"in a body about another DAG", "with escaped letters", "in UTF-16", "with a key twice"} <= by_the_guard
    assert {"a note and a state", "a note that hides a state", "the state of the run"} <= by_the_guard


def test_running_clearing_pausing_and_noting_stay_possible(attacked: Attacked) -> None:
    came_out = {name: attacked.said[f"engineer: {name}"] for name in _allowed(attacked.at)}
    assert {name: one["status"] for name, one in came_out.items()} == dict.fromkeys(came_out, 200), came_out


def test_what_can_stand_in_no_release_is_no_note(attacked: Attacked) -> None:
    said = {name: attacked.said[f"publisher: {name}"] for name in NOTES_REFUSED}
    assert {name: one["status"] for name, one in said.items()} == dict.fromkeys(said, 422), said


def test_a_file_that_another_run_published_is_not_answered_about(attacked: Attacked) -> None:
    said = attacked.said["publisher: answer about what is published"]
    assert said["status"] == 409
    assert "published as 2020@v1, signed by A. Signer" in said["text"]


def test_an_answer_is_signed_as_airflow_records_it(attacked: Attacked) -> None:
    assert {user: attacked.said[f"{user}: answer"]["status"] for user in ("engineer", "admin", "publisher")} == {
        "engineer": 403,
        "admin": 403,
        "publisher": 200,
    }
    ((by, at, filled_in),) = asked(attacked.data, "select responded_by, responded_at, params_input from hitl_detail")
    signed = json.loads(filled_in)["signed"]
    answer = verified_for(signed, (DAG, attacked.at.run_id, "sign_off", -1), DataFolders(attacked.data))
    assert (answer.chosen, answer.note, answer.digest) == ("Approve", "seen", attacked.digest)
    assert (answer.by, answer.role) == (json.loads(by)["name"], "publisher")
    assert "publisher" in answer.names
    assert "somebody else" not in answer.names
    assert answer.at.startswith(at.replace(" ", "T"))
    kept = "select value from task_state_store where key = 'answer'"
    assert [json.loads(value) for (value,) in asked(attacked.data, kept)] == [signed]


def test_only_administrators_change_the_names_that_reviewers_are_known_by(attacked: Attacked) -> None:
    may = asked(
        attacked.data,
        """
        select r.name, p.name, v.name from ab_role as r join ab_permission_view_role as has on has.role_id = r.id
        join ab_permission_view as pv on pv.id = has.permission_view_id
        join ab_permission as p on p.id = pv.permission_id join ab_view_menu as v on v.id = pv.view_menu_id
        where r.name in ('viewer', 'engineer', 'publisher') and p.name in ('can_edit', 'can_create', 'can_delete')
        """,
    )
    # The simple auth manager knows no names but those of $GCI_USERS, and no rights but those of its roles.
    assert (("publisher", "can_edit", "HITL Detail") in may) is bool(may) is (attacked.manager == "fab")
    assert not [one for one in may if one[2] in ("My Profile", "Users", "Roles")]


def test_every_route_that_may_write_has_been_judged(attacked: Attacked) -> None:
    """A route that a later Airflow brings must be put in one of the lists; until then it is refused about the DAG."""
    there = {(method, path) for method, path in json.loads(attacked.said["routes"]["text"])}
    known = PASSING | NOTES | REFUSED | {ANSWER}
    elsewhere = {one for one in there if any(one[1].startswith(f"{part}/") for part in ELSEWHERE)}
    assert there - known - elsewhere == set()
    assert known - there == set()
