"""publish_edition and build_index started by hand or on schedule, with and without an edition."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from command_line import environment


def _start(data: Path, *dags: tuple[str, dict[str, str]]) -> list[dict[str, str]]:
    """Start DAGs one after the other; the state of each of their tasks."""
    script = Path(__file__).with_name("start_dag.py")
    done = subprocess.run(
        [sys.executable, script, data, json.dumps(dags)],
        env=environment(data),
        check=True,
        capture_output=True,
        text=True,
    )
    came_out: list[dict[str, str]] = json.loads(done.stdout)
    return came_out


def test_nobody_is_asked_twice_about_one_candidate(copied: Path) -> None:
    (publish,) = _start(copied, ("publish_edition", {}))
    assert set(publish.values()) == {"skipped"}


def test_nothing_to_do_is_skipped_and_an_unknown_edition_is_red(tmp_path: Path) -> None:
    unknown = {"edition": "1999"}
    build, publish, no_news, no_file = _start(
        tmp_path,
        ("build_index", unknown),
        ("publish_edition", unknown),
        ("build_index", {}),
        ("collect_partners", {}),
    )
    assert build["plan"] == "failed"
    assert publish["choose"] == "failed"
    assert set(no_news.values()) == {"skipped"}
    assert set(no_file.values()) == {"skipped"}
