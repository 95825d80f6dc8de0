"""What is kept of Airflow's history, and that nothing else is anybody's to take away."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from command_line import gci
from gci.core.errors import WrongUsage
from gci.orchestration.retention import KEPT, days


def test_days_are_more_than_a_request_may_be_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GCI_KEEP_DAYS", raising=False)
    assert days() == KEPT
    monkeypatch.setenv("GCI_KEEP_DAYS", "367")
    assert days() == 367
    for said in ("366", "a year", "-1", "1.5"):
        monkeypatch.setenv("GCI_KEEP_DAYS", said)
        with pytest.raises(WrongUsage, match="GCI_KEEP_DAYS"):
            days()


def test_old_logs_go_and_what_landed_and_was_published_stays(tmp_path: Path) -> None:
    assert gci(tmp_path, "prune").code == 0  # no history at all
    assert gci(tmp_path, "airflow", "db", "migrate").code == 0
    old = {
        name: tmp_path / name / "old"
        for name in ("landing/receipts", "published/2020/v1", "airflow/logs/dag_id=build_index/run_id=a/task_id=b")
    }
    for file in old.values():
        file.parent.mkdir(parents=True)
        file.write_text("old", encoding="utf-8")
        os.utime(file, (1e9, 1e9))
    recent = tmp_path / "airflow/logs/dag_id=build_index/run_id=c/attempt=1.log"
    recent.parent.mkdir(parents=True)
    recent.write_text("new", encoding="utf-8")
    done = gci(tmp_path, "prune")
    assert (done.code, "1 folders of logs" in done.out) == (0, True), done.err
    assert {name for name, file in old.items() if file.exists()} == {"landing/receipts", "published/2020/v1"}
    assert recent.exists()
