"""Variables that somebody wrote over stop no task: in a process of its own, with Airflow's own variables."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

CALL = """
import json, sys
from gci.orchestration.tasks.instrumented import faults
from gci.orchestration.tasks.variables import kept
told = {"faults": faults(), "list": kept("gci_list", []), "nothing": kept("gci_none", [])}
told |= {"of another kind": kept("gci_list", {}), "no JSON": kept("gci_text", {}), "a number": kept("gci_number", [])}
open(sys.argv[1], "w").write(json.dumps(told))
"""


def test_what_is_not_as_the_tasks_write_it_counts_as_empty(tmp_path: Path) -> None:
    noted = {"a · b": 5, "c · d": {"run_id": "1"}, "e · f": {"run_id": "1", "message": "the disk is full"}}
    variables = {"FAULTS": json.dumps(noted), "LIST": '["told"]', "TEXT": "{not json", "NUMBER": "5"}
    airflow = {"AIRFLOW_HOME": str(tmp_path)} | {f"AIRFLOW_VAR_GCI_{name}": value for name, value in variables.items()}
    subprocess.run([sys.executable, "-c", CALL, tmp_path / "told"], env=os.environ | airflow, check=True)
    assert json.loads((tmp_path / "told").read_text("utf-8")) == {
        "faults": ["e · f: the disk is full"],
        "list": ["told"],
        "nothing": [],
        "of another kind": {},
        "no JSON": {},
        "a number": [],
    }
