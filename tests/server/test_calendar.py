"""A date of the calendar that is not kept: the run is late, Airflow's deadline alert tells those who are to be told."""

from __future__ import annotations

import csv
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from command_line import gci
from project_copy import copied_project
from server_process import serving

pytestmark = pytest.mark.slow


@contextmanager
def _listening() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A place that takes what is posted to it, and what was."""
    posted: list[dict[str, Any]] = []

    class Takes(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            posted.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Takes) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", posted
        server.shutdown()


def _project(folder: Path, collection_to: str) -> Path:
    """A copy of the project in which edition 2024 is open and its collection closed on a day."""
    seed = copied_project(folder) / "dbt_project/seeds/seed_editions.csv"
    with seed.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for row in rows:
        if row["edition"] == "2024":
            row |= {"status": "open", "collection_to": collection_to}
    with seed.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return folder


def test_a_collection_that_closes_with_returns_missing_is_told(tmp_path: Path) -> None:
    yesterday = (datetime.now(UTC) - timedelta(days=1)).date().isoformat()
    project = _project(tmp_path / "project", yesterday)
    data = tmp_path / "data"
    data.mkdir()
    assert gci(data, "replay", "--edition", "2024", "--state", "AFG").code == 0
    with _listening() as (address, posted):
        hook = json.dumps({"conn_type": "http", "host": address})
        with serving(data, PYTHONPATH=str(project / "include"), AIRFLOW_CONN_GCI_WEBHOOK=hook) as server:
            run = server.until(lambda: server.runs("edition_calendar"), "the run of the calendar")[0]["dag_run_id"]
            state = server.ended("edition_calendar", run)
            server.until(lambda: [one for one in posted if "was not kept" in one["subject"]], "the alert")
            tasks = server.tasks("edition_calendar", run)
    told = [one for one in posted if "was not kept" in one["subject"]]
    assert len(told) == 1
    assert f"2024: collection closes {yesterday}" in told[0]["subject"]
    assert "ALB" in told[0]["text"]
    assert told[0]["owner"] == "index team"
    assert state == "failed"
    (kept,) = [task for task in tasks if task["task_id"] == "kept"]
    assert (kept["state"], kept["rendered_map_index"]) == ("failed", f"2024: collection closes {yesterday}")
