"""An hour of release that passes while no scheduler is there: the one that comes next publishes late, by itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from approved import approved
from gci.core.paths import DataFolders
from gci.storage.embargo import waiting
from gci.storage.release_log import latest
from landed import land_decisions
from server_process import serving
from small_candidate import small_candidate

pytestmark = pytest.mark.slow


def test_a_scheduler_that_comes_after_the_hour_publishes_what_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = DataFolders(tmp_path)
    hour = (datetime.now(UTC) - timedelta(days=1)).replace(microsecond=0, second=0, minute=0)
    decided = {"id": "hour", "kind": "release_hour", "day": hour.date().isoformat(), "value": f"{hour:%H:%M} UTC"}
    land_decisions(folders, "2024", [decided])
    before = hour - timedelta(hours=2)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(before.timestamp())))
    place = approved(small_candidate(folders), folders, before.isoformat())
    assert place.parent == folders.embargoed
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    with serving(tmp_path) as server:
        server.until(lambda: latest("2024", folders), "the release to appear")
        run = server.until(lambda: server.runs("release_at_hour"), "its run")[0]["dag_run_id"]
        assert server.ended("release_at_hour", run) == "success"
    papers = latest("2024", folders).document
    assert papers["planned_for"] == hour.isoformat()
    assert datetime.fromisoformat(papers["published_at"]) >= hour + timedelta(hours=1)  # late, and it says so
    assert not waiting(folders)
