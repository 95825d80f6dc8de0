"""Answers that come too early for Airflow 3.3: while the task is being parked, and before the executor has said so.

Both are provoked by answering as soon as the request can be read, many times over; what the first of the two leaves
behind (an answer beside a parked task that nobody wakes) is also made by hand, since its moment is a short one.
"""

from __future__ import annotations

import collections
import json
import sqlite3
import threading
import time

import pytest

from server_process import Server

pytestmark = pytest.mark.slow

DAG = "ask_only"
DIGEST = "0" * 64
RUNS = 24


def _answer_at_once(server: Server, run_id: str, hold: float, said: dict[str, list[int]]) -> None:
    """Answer as soon as the request is there, or `hold` seconds after the task is parked."""
    until = time.monotonic() + 240
    while time.monotonic() < until:
        ready = server.request(DAG, run_id) is not None
        if hold >= 0:
            ready = ready and server.state(DAG, run_id, "sign_off") == "awaiting_input"
            time.sleep(hold if ready else 0)
        if ready:
            answered = server.answer("publisher", DAG, run_id, "Approve", digest=DIGEST, note=run_id)
            said[run_id].append(answered.status_code)
            if answered.status_code == 200 or "already been updated" in answered.text:
                return
        time.sleep(0.01)


def test_no_early_answer_is_lost_or_fails_a_run(asking: Server) -> None:
    said: dict[str, list[int]] = collections.defaultdict(list)
    asking.ask("publisher", "GET", "/api/v2/version")  # logged in before it matters
    runs = []
    for first in range(0, RUNS, 4):
        threads = []
        for number in range(4):
            runs.append(run_id := asking.trigger(DAG))
            hold = -1.0 if number % 2 == 0 else 0.05 * (first // 4)
            threads.append(threading.Thread(target=_answer_at_once, args=(asking, run_id, hold, said)))
            threads[-1].start()
        for thread in threads:
            thread.join()
    ended = {run_id: asking.await_state({"success", "failed"}, DAG, run_id) for run_id in runs}
    assert set(ended.values()) == {"success"}, ended
    tries = collections.Counter()
    for run_id in runs:
        found = asking.get(f"/dags/{DAG}/dagRuns/{run_id}/taskInstances/sign_off")
        tries[found["try_number"]] += 1
        answer = asking.get(f"/dags/{DAG}/dagRuns/{run_id}/taskInstances/taken/xcomEntries/return_value")
        assert answer["value"]["params_input"]["note"] == run_id
        assert {200, 500} & set(said[run_id]), said  # 500: recorded, and SQLite was busy for what came after
    print(f"{RUNS} early answers, by the tries that they took: {dict(sorted(tries.items()))}")


def test_an_answer_that_woke_nobody_is_found(asking: Server) -> None:
    run_id = asking.trigger(DAG)
    asking.await_state({"awaiting_input"}, DAG, run_id, "sign_off")
    with sqlite3.connect(asking.data / "airflow" / "airflow.db", timeout=30) as connection:
        by = {"id": "publisher", "name": "publisher"}
        connection.execute(
            """
            update hitl_detail set responded_at = datetime('now'), responded_by = ?, chosen_options = '["Approve"]',
                params_input = ? where ti_id = (
                    select id from task_instance where dag_id = ? and run_id = ? and task_id = 'sign_off')
            """,
            [json.dumps(by), json.dumps({"digest": DIGEST, "note": "unheard"}), DAG, run_id],
        )
    assert asking.state(DAG, run_id, "sign_off") == "awaiting_input"
    assert asking.await_state({"success", "failed"}, DAG, run_id) == "success"
    found = asking.get(f"/dags/{DAG}/dagRuns/{run_id}/taskInstances/taken/xcomEntries/return_value")
    assert found["value"]["params_input"]["note"] == "unheard"
