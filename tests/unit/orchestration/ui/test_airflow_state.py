"""What the pages say of Airflow's own state."""

from __future__ import annotations

from gci.core.paths import PROJECT
from gci.orchestration.ui.airflow_state import ORDER


def test_every_dag_is_among_the_runs_of_the_control_room() -> None:
    assert set(ORDER) == {file.stem for file in (PROJECT / "dags").glob("*.py")}
