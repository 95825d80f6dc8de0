"""Asks Airflow's own app, in this process, as its users would over HTTP: no server is started.

Called with a data folder; reads a list of questions (user, role, method, path, body) as JSON, prints the answers.
The auth manager is that of the environment; under FAB each user has the role of their name. A question `routes` gets
all routes that may write, `rows` what statements find in the metadata database at that moment, `lay` makes a DuckDB
file by `sql`, and `remove` takes a folder away: to begin such a process again would cost more than all questions.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import sqlite3
import sys
from pathlib import Path
from typing import Any

import duckdb

from gci.core.paths import DataFolders
from gci.orchestration.settings import configure_environment

FAB = "airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager"


def _make_fab_users() -> None:
    """Its tables, and a user of each role."""
    from airflow.utils.db import initdb

    from gci.orchestration.deploy.roles import ROLES, make_roles, make_user

    initdb()
    make_roles()
    for role in ROLES:
        make_user(role, f"the password of {role}", role)


def _token(name: str, role: str, lasts: int = 3600) -> str:
    """What logs a user in, for so many seconds; below 0 its time is over."""
    from airflow.api_fastapi.app import get_auth_manager
    from airflow.api_fastapi.auth.managers.simple.user import SimpleAuthManagerUser

    manager = get_auth_manager()
    if not _is_fab():
        return manager.generate_jwt(SimpleAuthManagerUser(username=name, role=role), expiration_time_in_seconds=lasts)
    from airflow.providers.fab.auth_manager.cli_commands.utils import get_application_builder

    with get_application_builder() as builder:
        user = builder.sm.find_user(username=name)
        assert user, name
        return manager.generate_jwt(user, expiration_time_in_seconds=lasts)


def _is_fab() -> bool:
    return os.environ.get("AIRFLOW__CORE__AUTH_MANAGER") == FAB


async def ask(questions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Status, headers and text of each answer."""
    import httpx
    from airflow.api_fastapi.app import create_app

    from gci.sign_off.routes import writing

    app = create_app(apps="all")
    people = {(one["user"], one["role"]) for one in questions if one.get("user")}
    tokens = {person: _token(*person) for person in people}
    answers = []
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test.invalid") as client:
        for one in questions:
            if "routes" in one:
                answers.append({"status": 200, "headers": {}, "text": json.dumps(sorted(writing(app.routes)))})
                continue
            if "rows" in one:
                answers.append({"rows": _rows(one["rows"])})
                continue
            if "lay" in one:
                with duckdb.connect(one["lay"]) as made:
                    made.execute(one["sql"])
                answers.append({})
                continue
            if "remove" in one:
                shutil.rmtree(one["remove"])
                answers.append({})
                continue
            token = tokens.get((one["user"], one["role"]))
            if "lasts" in one:
                token = _token(one["user"], one["role"], one["lasts"])
            headers = {"Authorization": f"Bearer {token}"} if token else {}
            if one.get("cookie"):  # as a browser comes
                headers = {"Cookie": f"_token={token}"}
            sent: dict[str, Any] = {"json": one.get("body")}
            if "raw" in one:
                sent = {"content": one["raw"].encode(one.get("encoding", "utf-8"))}
                headers["Content-Type"] = "application/json"
            request = client.build_request(one["method"], one["path"], headers=headers | one.get("headers", {}), **sent)
            answered = await client.send(request)
            answers.append(
                {"status": answered.status_code, "headers": dict(answered.headers), "text": answered.text[:500_000]}
            )
    return answers


def _rows(statements: list[str]) -> list[list[Any]]:
    """What each statement finds in the metadata database now."""
    with sqlite3.connect(Path(os.environ["AIRFLOW_HOME"]) / "airflow.db") as connection:
        return [connection.execute(statement).fetchall() for statement in statements]


if __name__ == "__main__":
    configure_environment(DataFolders(Path(sys.argv[1])))
    if _is_fab():
        _make_fab_users()
    said = asyncio.run(ask(json.load(sys.stdin)))
    Path(sys.argv[2]).write_text(json.dumps(said, default=str), encoding="utf-8")
