"""A disk that refuses: the run says so, the inbox is as it was, and the next run finishes."""

from __future__ import annotations

import resource
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from gci.collect.batches import waiting
from gci.collect.collect import collect_files
from gci.collect.replay import replay
from gci.core.paths import DataFolders
from gci.storage import landing

SCRIPT = Path(__file__).with_name("collecting_process.py")
RECEIVED = datetime(2026, 1, 5, tzinfo=UTC)


def test_nothing_leaves_the_inbox_when_the_disk_is_full(tmp_path: Path) -> None:
    folders = DataFolders(tmp_path)
    landing.prepare(folders)
    originals = {path: path.read_bytes() for path in replay("2024", ["EST", "NAM"], folders)}

    def one_kilobyte_a_file() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))

    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(tmp_path), RECEIVED.isoformat()],
        input="go\n",
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=one_kilobyte_a_file,
    )
    assert done.returncode == 1
    assert "OSError" in done.stderr
    assert {path: path.read_bytes() for path in waiting("survey", folders)} == originals
    there = [path.name for path in folders.landing.rglob("*") if path.is_file()]
    assert [name.partition("-")[0] for name in there] == ["none"] * len(landing.SCHEMAS)

    receipts = collect_files("survey", waiting("survey", folders), RECEIVED, folders)
    assert [receipt.verdict for receipt in receipts] == ["accepted", "accepted"]
    assert waiting("survey", folders) == []
