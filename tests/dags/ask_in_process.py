"""Asks Airflow's own app, in this process, as its users would over HTTP: no server is started.

Called with a data folder; reads a list of questions (user, role, method, path, body) as JSON, prints the answers.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from gci.airflow_home import settle
from gci.paths import DataFolders


async def ask(questions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Status, headers and text of each answer."""
    import httpx
    from airflow.api_fastapi.app import create_app, get_auth_manager
    from airflow.api_fastapi.auth.managers.simple.user import SimpleAuthManagerUser

    app = create_app(apps="core")
    answers = []
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://test.invalid") as client:
        for one in questions:
            user = one["user"] and SimpleAuthManagerUser(username=one["user"], role=one["role"])
            headers = {"Authorization": f"Bearer {get_auth_manager().generate_jwt(user)}"} if user else {}
            answered = await client.request(
                one["method"], one["path"], headers=headers | one.get("headers", {}), json=one.get("body")
            )
            answers.append(
                {"status": answered.status_code, "headers": dict(answered.headers), "text": answered.text[:500_000]}
            )
    return answers


if __name__ == "__main__":
    settle(DataFolders(Path(sys.argv[1])))
    said = asyncio.run(ask(json.load(sys.stdin)))
    Path(sys.argv[2]).write_text(json.dumps(said), encoding="utf-8")
