"""Tells some metrics as tasks do, in a process of its own. Called with a data folder."""

from __future__ import annotations

import sys
from pathlib import Path

from gci.core.paths import DataFolders
from gci.orchestration.settings import configure_environment

configure_environment(DataFolders(Path(sys.argv[1])))

from gci.core import metrics  # noqa: E402  (Airflow's settings must stand before)

metrics.switch_on()
metrics.files("survey", accepted=3, refused=1)
metrics.gate("built", "2024", failed=2)
