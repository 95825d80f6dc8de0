"""An answer changed with everything that follows from it: the program itself builds the tampered file."""

from __future__ import annotations

import hashlib
import shutil
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from gci.audit.stage import write_audit
from gci.build.candidate import build, plan
from gci.collect.replay import replay
from gci.core.paths import DataFolders
from gci.gates.run import gate_file, run_gate
from mutants.good import MORNING, collect, good

pytestmark = pytest.mark.slow


def _failing(file: Path, against: Path | None, folders: DataFolders) -> set[str]:
    return {one.check for report in gate_file(file, against, folders) for one in report.checks if not one.passed}


def test_a_consistent_change_is_a_revision_and_stopped_where_it_passes_for_what_was_published(tmp_path: Path) -> None:
    folders = DataFolders(tmp_path / "data")
    shutil.copytree(good().folders.root, folders.root)
    (file,) = replay("2024", ["EST"], folders)
    file.write_text(file.read_text().replace("EST,ls1,1.0,", "EST,ls1,0.5,").replace("EST,ls1,1,", "EST,ls1,0.5,"))
    landed = hashlib.sha256(file.read_bytes()).hexdigest()
    collect(folders, MORNING + timedelta(days=2))
    candidate = plan("2024", folders)
    assert candidate is not None
    build(candidate, folders)
    write_audit(candidate)

    # It landed after what was printed: a revision, explained by the file that it came in.
    assert run_gate("built", candidate, folders).passed
    assert run_gate("release", candidate, folders).passed
    with duckdb.connect(str(candidate.database), read_only=True) as connection:
        revised = connection.execute(
            "select dimension, explained_by from reconciliation where edition = '2024' and verdict = 'revised'"
            " and iso3 = 'EST' and source = 'data360' order by dimension"
        ).fetchall()
    assert revised == [("legal", landed), ("overall", landed)]

    # Passed off as the vintage that was published.
    with duckdb.connect(str(candidate.database)) as connection:
        connection.execute("update editions set vintage = 1 where edition = '2024'")
    elsewhere = DataFolders(tmp_path / "nothing")
    assert {"answers.stays_as_published", "overall_scores.stays_as_published"} <= _failing(
        candidate.database, folders.current, elsewhere
    )
    assert "revisions_reproduce_the_difference" in _failing(candidate.database, None, elsewhere)
