"""Answers the request for a sign-off that waits, as someone does in Airflow's UI: `Approve` or `Reject`, and a note.

Called with a data folder, the option and the note, in a process of its own.
"""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from gci.core.paths import DataFolders
from gci.orchestration.settings import configure_environment


async def answer(option: str, note: str) -> None:
    """Find what waits through the API, and answer it there."""
    import httpx
    from airflow.api_fastapi.app import create_app, get_auth_manager
    from airflow.api_fastapi.auth.managers.simple.user import SimpleAuthManagerUser

    app = create_app(apps="core")
    token = get_auth_manager().generate_jwt(SimpleAuthManagerUser(username="index team", role="admin"))
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app),
        base_url="http://test.invalid",
        headers={"Authorization": f"Bearer {token}"},
    ) as client:
        found = await client.get("/api/v2/dags/~/dagRuns/~/hitlDetails", params={"state": "awaiting_input"})
        (waiting,) = found.raise_for_status().json()["hitl_details"]
        task = waiting["task_instance"]
        digest = waiting["params"]["digest"]["value"]
        answered = await client.patch(
            f"/api/v2/dags/{task['dag_id']}/dagRuns/{task['dag_run_id']}/taskInstances/{task['task_id']}/-1/hitlDetails",
            json={"chosen_options": [option], "params_input": {"digest": digest, "note": note}},
        )
        answered.raise_for_status()


if __name__ == "__main__":
    os.environ["GCI_USERS"] = "index team:publisher"
    configure_environment(DataFolders(Path(sys.argv[1])))
    asyncio.run(answer(sys.argv[2], sys.argv[3]))
