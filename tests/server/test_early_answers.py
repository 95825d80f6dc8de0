"""Answers that come too early for Airflow 3.3: while the task is being parked, and before the executor has said so.

Both are provoked by answering as soon as the request can be read, many times over; what the first of the two leaves
behind (an answer beside a parked task that nobody wakes) is also made by hand, since its moment is a short one. So is
what looks like it and is none.
"""

from __future__ import annotations

import collections
import json
import sqlite3
import threading
import time

import pytest

from asked_about import DIGEST
from server_process import Server

pytestmark = pytest.mark.slow

DAG = "publish_edition"
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
        assert answer["value"]["note"] == run_id
        assert {200, 500} & set(said[run_id]), said  # 500: recorded, and SQLite was busy for what came after
    print(f"{RUNS} early answers, by the tries that they took: {dict(sorted(tries.items()))}")


def test_an_answer_that_woke_nobody_is_found(asking: Server) -> None:
    run_id = asking.trigger(DAG)
    asking.await_state({"awaiting_input"}, DAG, run_id, "sign_off")
    _in_the_database(
        asking,
        f"""
        create trigger wakes_nobody after update on task_instance
        when new.run_id = '{run_id}' and old.state = 'awaiting_input' and new.state = 'scheduled' begin
            update task_instance set state = old.state, next_method = old.next_method, next_kwargs = old.next_kwargs,
                trigger_timeout = old.trigger_timeout, scheduled_dttm = old.scheduled_dttm where id = new.id;
        end
        """,
    )
    try:
        asking.answer("publisher", DAG, run_id, "Approve", digest=DIGEST, note="unheard").raise_for_status()
    finally:
        _in_the_database(asking, "drop trigger wakes_nobody")
    assert asking.state(DAG, run_id, "sign_off") == "awaiting_input"
    assert asking.await_state({"success", "failed"}, DAG, run_id) == "success"
    found = asking.get(f"/dags/{DAG}/dagRuns/{run_id}/taskInstances/taken/xcomEntries/return_value")
    assert found["value"]["note"] == "unheard"


def test_an_answer_in_airflows_record_that_the_server_did_not_sign_counts_for_nothing(asking: Server) -> None:
    run_id = asking.trigger(DAG)
    asking.await_state({"awaiting_input"}, DAG, run_id, "sign_off")
    by, filled_in = {"id": "publisher", "name": "publisher"}, {"digest": DIGEST, "note": "never said"}
    _in_the_database(
        asking,
        """
        update hitl_detail set responded_at = datetime('now'), responded_by = ?, chosen_options = '["Approve"]',
            params_input = ? where ti_id = (
                select id from task_instance where dag_id = ? and run_id = ? and task_id = 'sign_off')
        """,
        json.dumps(by),
        json.dumps(filled_in),
        DAG,
        run_id,
    )
    assert asking.await_state({"success", "failed"}, DAG, run_id) == "failed"
    assert asking.state(DAG, run_id, "sign_off") == "failed"
    (log,) = (asking.data / "airflow" / "logs").rglob(f"*{run_id}/task_id=sign_off/attempt=1.log")
    assert "not signed by the server" in log.read_text(encoding="utf-8")


def _in_the_database(server: Server, statement: str, *values: str) -> None:
    with sqlite3.connect(server.data / "airflow" / "airflow.db", timeout=30) as connection:
        connection.execute(statement, values)
