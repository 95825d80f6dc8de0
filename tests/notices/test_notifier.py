"""The notifier for callbacks, deadline alerts among them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from command_line import environment
from notices.listeners import free_port, post_server


@pytest.mark.parametrize("way", ["sync", "async"])
def test_a_callback_tells_every_channel_and_one_that_is_down_fails_nothing(way: str, tmp_path: Path) -> None:
    with post_server() as posted:
        connections = {
            "AIRFLOW_CONN_GCI_SLACK": {"conn_type": "slackwebhook", "password": f"http://127.0.0.1:{free_port()}/down"},
            "AIRFLOW_CONN_GCI_WEBHOOK": {"conn_type": "http", "host": f"http://127.0.0.1:{posted.port}/hook"},
        }
        variables = {name: json.dumps(value) for name, value in connections.items()}
        subprocess.run(
            [sys.executable, Path(__file__).with_name("notifying_process.py"), tmp_path, way],
            env=environment(tmp_path) | variables,
            check=True,
            capture_output=True,
        )
        assert posted.at("/hook") == [
            {"subject": "Collection of 2026 has closed", "text": "3 states are missing.", "owner": "index team"}
        ]
