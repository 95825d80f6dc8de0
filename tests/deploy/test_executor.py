"""The executor of the deployment can be loaded with what the lock holds."""

from __future__ import annotations

import subprocess
import sys


def test_celery_and_its_provider_go_together() -> None:
    run = [sys.executable, "-c", "from airflow.providers.celery.executors.celery_executor import CeleryExecutor"]
    done = subprocess.run(run, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
