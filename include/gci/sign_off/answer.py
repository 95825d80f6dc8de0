"""Answers an approval without a server: Airflow's own api-server app, in this process, asked through its routes.

So an unattended answer takes the way of any other: same checks, same record, and it wakes the task that waits.
"""

from __future__ import annotations

import asyncio
import io
from contextlib import redirect_stdout
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from gci.core.errors import Blocked, WrongUsage
from gci.sign_off.approval_policy import APPROVED
from gci.sign_off.record import UNATTENDED

if TYPE_CHECKING:
    import httpx


def approve(task_instance: Any, name: str, digest: str, note: str) -> None:
    """Approve what a task asks.

    Args:
        task_instance: the waiting task, from the metadata database, freshly read.
        name: who signs.
        digest: SHA-256 of the file that is approved.
        note: why; may be empty.

    Raises:
        Blocked: the task does not wait for an answer, or Airflow refused this one.
        WrongUsage: this Airflow has its own users; they answer in its UI.
    """
    if str(task_instance.state) != "awaiting_input":
        raise Blocked(f"{task_instance.task_id} does not wait for an answer: it is {task_instance.state}.")
    from gci.sign_off.recording import answering_in_the_shell

    with answering_in_the_shell(name):
        answered = asyncio.run(_patch(task_instance, name, digest, note))
    if answered.status_code != 200:
        raise Blocked(f"Airflow did not take the answer ({answered.status_code}): {_told(answered)}")


def get_ready() -> None:
    """Import what the first answer imports; it takes seconds."""
    import airflow.api_fastapi.core_api.routes.public
    import airflow.api_fastapi.core_api.routes.ui  # noqa: F401  (both are only imported)


def _told(answered: httpx.Response) -> str:
    """What Airflow, or the guard before it, says about an answer that it did not take."""
    try:
        return str(answered.json()["detail"])
    except (ValueError, KeyError, TypeError):
        return answered.text


async def _patch(task_instance: Any, name: str, digest: str, note: str) -> httpx.Response:
    """Send the answer to the route that the UI uses too."""
    import httpx
    from airflow.api_fastapi.app import cached_app

    with redirect_stdout(io.StringIO()):  # it prints a password on its first start, which also lies in Airflow's home
        app = cached_app(apps="core")
    run = quote(task_instance.run_id, safe="")
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app),
        base_url="http://in-process.invalid",
        headers={"Authorization": f"Bearer {_token(name)}"},
    ) as client:
        return await client.patch(
            f"/api/v2/dags/{task_instance.dag_id}/dagRuns/{run}"
            f"/taskInstances/{task_instance.task_id}/{task_instance.map_index}/hitlDetails",
            json={"chosen_options": [APPROVED], "params_input": {"digest": digest, "note": note or None}},
        )


def _token(name: str) -> str:
    """Let the one who has this shell, and with it the data folder, answer under the name given."""
    from airflow.api_fastapi.app import get_auth_manager
    from airflow.api_fastapi.auth.managers.simple.simple_auth_manager import SimpleAuthManager
    from airflow.api_fastapi.auth.managers.simple.user import SimpleAuthManagerUser

    manager = get_auth_manager()
    if not isinstance(manager, SimpleAuthManager):
        raise WrongUsage(
            "This Airflow has users of its own: sign off in its UI (Required Actions), not with --sign-off."
        )
    return manager.generate_jwt(SimpleAuthManagerUser(username=f"{name}{UNATTENDED}", role="admin"))
