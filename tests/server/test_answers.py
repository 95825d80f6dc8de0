"""Who may answer what: held against a running Airflow, over its REST API."""

from __future__ import annotations

from typing import Any

import pytest

from asked_about import DIGEST
from server_process import Server

pytestmark = pytest.mark.slow

DAG = "publish_edition"


def _asked(server: Server, **conf: Any) -> str:
    """Start a run and wait until its request is there and the task parked."""
    run_id = server.trigger(DAG, conf)
    server.await_state({"awaiting_input"}, DAG, run_id, "sign_off")
    return run_id


def _taken(server: Server, run_id: str) -> dict[str, Any]:
    """The answer as the next task got it."""
    assert server.await_state({"success", "failed"}, DAG, run_id) == "success"
    found = server.get(f"/dags/{DAG}/dagRuns/{run_id}/taskInstances/taken/xcomEntries/return_value")
    value: dict[str, Any] = found["value"]
    return value


def test_only_a_publisher_is_heard(asking: Server) -> None:
    run_id = _asked(asking)
    for user, status in ((None, 401), ("viewer", 403), ("engineer", 403)):
        refused = asking.answer(user, DAG, run_id, "Approve", digest=DIGEST, note=None)
        assert (user, refused.status_code) == (user, status)
    assert "role publisher" in refused.json()["detail"]
    assert asking.state(DAG, run_id, "sign_off") == "awaiting_input"
    assert asking.answer("publisher", DAG, run_id, "Approve", digest=DIGEST, note="compared").status_code == 200
    answer = _taken(asking, run_id)
    assert (answer["by"], answer["names"], answer["role"]) == ("publisher", ["publisher"], "publisher")
    assert (answer["chosen"], answer["note"], answer["digest"]) == ("Approve", "compared", DIGEST)


def test_a_reviewer_of_the_edition_is_not(asking: Server) -> None:
    run_id = _asked(asking)
    refused = asking.answer("second publisher", DAG, run_id, "Approve", digest=DIGEST, note=None)
    assert refused.status_code == 403
    assert "wrote a review" in refused.json()["detail"]
    assert asking.answer("publisher", DAG, run_id, "Reject", digest=DIGEST, note="EST is wrong").status_code == 200
    assert _taken(asking, run_id)["chosen"] == "Reject"


def test_an_answer_is_about_one_file_and_is_given_once(asking: Server) -> None:
    run_id = _asked(asking)
    other = asking.answer("publisher", DAG, run_id, "Approve", digest="1" * 64, note=None)
    silent = asking.answer("publisher", DAG, run_id, "Approve")
    assert (other.status_code, silent.status_code) == (409, 409)
    assert "another file" in other.json()["detail"]
    assert DIGEST in silent.json()["detail"]
    assert asking.answer("publisher", DAG, run_id, "Approve", digest=DIGEST, note=None).status_code == 200
    assert asking.answer("publisher", DAG, run_id, "Reject", digest=DIGEST, note=None).status_code == 409
    assert _taken(asking, run_id)["chosen"] == "Approve"
    late = asking.answer("publisher", DAG, run_id, "Reject", digest=DIGEST, note=None)
    assert late.status_code == 409


def test_silence_never_approves(asking: Server) -> None:
    run_id = _asked(asking, days_to_answer=8 / 86400)
    assert asking.await_state({"success", "failed"}, DAG, run_id) == "failed"
    assert asking.state(DAG, run_id, "sign_off") == "failed"
    assert asking.state(DAG, run_id, "taken") == "upstream_failed"
    asked = asking.request(DAG, run_id)
    assert asked is not None
    assert (asked["responded_at"], asked["defaults"]) == (None, None)
    late = asking.answer("publisher", DAG, run_id, "Approve", digest=DIGEST, note=None)
    assert late.status_code == 409
    assert "after its time" in late.json()["detail"]


def test_a_cleared_task_asks_again(asking: Server) -> None:
    run_id = _asked(asking)
    asking.answer("publisher", DAG, run_id, "Approve", digest=DIGEST, note="first").raise_for_status()
    assert _taken(asking, run_id)["note"] == "first"
    cleared = {"dag_run_id": run_id, "task_ids": ["sign_off"], "dry_run": False, "only_failed": False}
    cleared |= {"include_downstream": True, "reset_dag_runs": True}
    asking.ask("engineer", "POST", f"/api/v2/dags/{DAG}/clearTaskInstances", json=cleared).raise_for_status()
    asking.await_state({"awaiting_input"}, DAG, run_id, "sign_off")
    asking.answer("publisher", DAG, run_id, "Reject", digest=DIGEST, note="second").raise_for_status()
    answer = _taken(asking, run_id)
    assert (answer["chosen"], answer["note"]) == ("Reject", "second")


def test_nobody_forges_one(asking: Server) -> None:
    """The three ways that once led through, on a server as users have it; the rest in tests/dags/test_forgery.py."""
    run_id = _asked(asking)
    task = f"/api/v2/dags/{DAG}/dagRuns/{run_id}/taskInstances/sign_off"
    answer = {"chosen_options": ["Approve"], "responded_by_user": {"id": "publisher", "name": "publisher"}}
    nobody = {"digest": DIGEST, "until": "2099-01-01T00:00:00+00:00", "reviewers": [], "tries": 3}
    for user, method, path, body in (
        ("engineer", "PUT", f"{task}/state-store/answerer.publisher", {"value": {"role": "publisher"}}),
        ("engineer", "PUT", f"{task}/state-store/answer", {"value": answer}),
        ("engineer", "POST", f"{task}/xcomEntries", {"key": "return_value", "value": answer, "map_index": -1}),
        ("engineer", "PATCH", task, {"new_state": "success"}),
        ("second publisher", "PUT", f"{task}/state-store/asked", {"value": nobody}),
    ):
        refused = asking.ask(user, method, path, json=body)
        assert (path, refused.status_code) == (path, 403)
        assert "refused to everyone" in refused.json()["detail"]
    of_tasks = asking.ask("engineer", "POST", f"/execution/xcoms/{DAG}/{run_id}/sign_off/return_value", json=answer)
    assert of_tasks.status_code in (401, 403), of_tasks.text
    still = asking.answer("second publisher", DAG, run_id, "Approve", digest=DIGEST, note=None)
    assert still.status_code == 403
    assert asking.state(DAG, run_id, "sign_off") == "awaiting_input"
    asking.answer("publisher", DAG, run_id, "Reject", digest=DIGEST, note="not so").raise_for_status()
    assert _taken(asking, run_id)["note"] == "not so"
