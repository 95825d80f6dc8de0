"""Stands before Airflow's API: refuses what could forge a sign-off, and has each answer that counts signed.

The UI and the REST API both come through here. What a request may write about the DAG that publishes is settled in
`gci.sign_off.routes`, which answers count in `gci.sign_off.recording`.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from contextlib import nullcontext
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from gci.sign_off.recording import Judged, Place, judge, keep, recorded, sign_records
from gci.sign_off.routes import ANSWER, DAG, Named, named, refusal

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger(__name__)

_LARGEST = 10_000_000  # bytes; an answer is an option, a digest and a note, but a body may name many tasks


class SignOffGuard:
    """ASGI middleware around the whole of Airflow's app."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._one_at_a_time = asyncio.Lock()  # SQLite locks no rows: two answers at once would both be taken
        sign_records()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let everything pass but what could forge a sign-off, and answers to one that do not count."""
        found = named(scope)
        if not found or found.passes:
            await self._app(scope, receive, send)
            return
        from starlette.concurrency import run_in_threadpool
        from starlette.requests import Request

        body = await _body(receive)
        if body is None:
            await _say(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The request is too long.", scope, receive, send)
            return
        why = refusal(found, parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True), body)
        if why:
            user = await _user(Request(scope))
            await run_in_threadpool(_note, found, scope, user, why)
            await _say(HTTPStatus.FORBIDDEN, why, scope, receive, send)
        elif found.route == ANSWER:
            await self._answer(found, body, scope, receive, send)
        else:
            await self._app(scope, _again(body, receive), send)

    async def _answer(self, found: Named, body: bytes, scope: Scope, receive: Receive, send: Send) -> None:
        """Hold an answer against the rules, and have Airflow record it and the signature in one."""
        from starlette.concurrency import run_in_threadpool
        from starlette.requests import Request

        place = _place(found)
        if place is None:  # Airflow would take `-1.0` too
            await _say(HTTPStatus.NOT_FOUND, "There is no task with such a map index.", scope, receive, send)
            return
        user = await _user(Request(scope))
        async with self._one_at_a_time:
            judged = await run_in_threadpool(judge, place, body, user)
            if isinstance(judged, tuple):
                await run_in_threadpool(_note, found, scope, user, judged[1])
                await _say(*judged, scope, receive, send)
                return

            async def keep_what_is_taken(message: Message) -> None:
                taken = message["type"] == "http.response.start" and message["status"] == HTTPStatus.OK
                if taken and judged:
                    await run_in_threadpool(keep, judged)
                await send(message)

            with recorded(judged) if isinstance(judged, Judged) else nullcontext():
                await self._app(scope, _again(body, receive), keep_what_is_taken)


def _place(found: Named) -> Place | None:
    """The task that an answer is for; None when its number among mapped ones is none."""
    values = found.values
    try:
        return Place(values["dag_id"], values["dag_run_id"], values["task_id"], int(values["map_index"]))
    except ValueError:
        return None


async def _say(status: int, message: str, scope: Scope, receive: Receive, send: Send) -> None:
    from starlette.responses import JSONResponse

    await JSONResponse({"detail": message}, int(status))(scope, receive, send)


async def _body(receive: Receive) -> bytes | None:
    """The whole body; None when it is longer than anything that is sent here for good reasons."""
    parts, size, more = [], 0, True
    while more:
        message = await receive()
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        more = message.get("more_body", False)
        if size > _LARGEST:
            return None
    return b"".join(parts)


def _again(body: bytes, receive: Receive) -> Receive:
    """A body that has been read, for the one who reads it next."""
    messages: Iterator[Message] = iter([{"type": "http.request", "body": body, "more_body": False}])

    async def first_the_body() -> Message:
        return next(messages, None) or await receive()

    return first_the_body


async def _user(request: Any) -> Any:
    """The signed-in user, as Airflow's routes find them; None when nobody is."""
    from airflow.api_fastapi.auth.managers.base_auth_manager import COOKIE_NAME_JWT_TOKEN
    from airflow.api_fastapi.core_api.security import resolve_user_from_token
    from fastapi import HTTPException

    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        token = request.cookies.get(COOKIE_NAME_JWT_TOKEN) or ""
    try:
        return await resolve_user_from_token(token.strip())
    except HTTPException:
        return None


def _note(found: Named, scope: Scope, user: Any, why: str) -> None:
    """Have a refusal stand in the server's log, and in Airflow's audit log where it was somebody who is known."""
    from airflow.models import Log
    from airflow.utils.session import create_session
    from sqlalchemy.exc import SQLAlchemyError

    name = str(user.get_name()) if user else None
    log.warning("Refused %s: %s %r: %s", name or "somebody not logged in", scope["method"], scope["path"], why)
    if name is None:
        return  # a stranger does not fill the database
    told = Log(
        event="sign_off_guard.refused",
        owner=name,
        owner_display_name=name,
        extra=f"{found.method} {scope['path']}: {why}",
    )
    told.dag_id = str(found.values.get("dag_id", DAG))
    told.run_id, told.task_id = found.values.get("dag_run_id"), found.values.get("task_id")
    try:
        with create_session() as session:
            session.add(told)
    except SQLAlchemyError as error:  # SQLite takes one writer at a time; it is refused all the same
        log.warning("The audit log could not be written: %s", error)
