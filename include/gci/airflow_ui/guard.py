"""Stands before the route that records answers: an answer to a sign-off that does not count is refused there.

Airflow lets whoever may edit a DAG's tasks answer, takes any digest, and records answers to tasks that have ended. Here
the rules of `gci.sign_off.asked` are held first, the answerer is told what is wrong, and their role is kept in the
task's state, where the task that takes the answer up reads it. The UI and the REST API both come through here.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from gci.sign_off.asked import ANSWER, ASKED, SHELL, Answerer, Asked, answerer_key, refusal
from gci.sign_off.publishers import answerer

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_ROUTE = re.compile(
    r"/api/v2/dags/(?P<dag_id>[^/]+)/dagRuns/(?P<run_id>[^/]+)/taskInstances/(?P<task_id>[^/]+)/(?P<map_index>-?\d+)"
    r"/hitlDetails/?$"
)
_LARGEST = 100_000  # bytes; an answer is an option, a digest and a note
_ENDED = {"success", "failed", "skipped", "upstream_failed", "removed"}
_OPERATOR = "SignOffOperator"

_in_the_shell: ContextVar[str | None] = ContextVar("in_the_shell", default=None)


@contextmanager
def answering_in_the_shell(name: str) -> Iterator[None]:
    """Within, this process answers for itself under a name: nothing that comes over a network can say so.

    Args:
        name: who signs.
    """
    before = _in_the_shell.set(name)
    try:
        yield
    finally:
        _in_the_shell.reset(before)


class SignOffGuard:
    """ASGI middleware around the whole of Airflow's app."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._one_at_a_time = asyncio.Lock()  # SQLite locks no rows: two answers at once would both be taken

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let everything pass but answers to sign-offs that do not count."""
        named = _ROUTE.search(scope["path"]) if scope["type"] == "http" and scope["method"] == "PATCH" else None
        if not named:
            await self._app(scope, receive, send)
            return
        from starlette.concurrency import run_in_threadpool
        from starlette.requests import Request
        from starlette.responses import JSONResponse

        body = await _body(receive)
        if body is None:
            large = JSONResponse({"detail": "The answer is too long."}, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            await large(scope, receive, send)
            return
        user = await _user(Request(scope))
        async with self._one_at_a_time:
            refused = await run_in_threadpool(_refused, named, _digest(body), user)
            if refused:
                status, message = refused
                await JSONResponse({"detail": message}, int(status))(scope, receive, send)
            else:

                async def keep_what_is_taken(message: Message) -> None:
                    if message["type"] == "http.response.start" and message["status"] == HTTPStatus.OK:
                        await run_in_threadpool(_keep, named)
                    await send(message)

                await self._app(scope, _again(body, receive), keep_what_is_taken)


async def _body(receive: Receive) -> bytes | None:
    """The whole body; None when it is longer than any answer."""
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > _LARGEST:
            return None
    return body


def _again(body: bytes, receive: Receive) -> Receive:
    """A body that has been read, for the one who reads it next."""
    messages: Iterator[Message] = iter([{"type": "http.request", "body": body, "more_body": False}])

    async def first_the_body() -> Message:
        return next(messages, None) or await receive()

    return first_the_body


def _digest(body: bytes) -> str | None:
    """The digest that an answer names. What is no answer at all is left to Airflow to refuse."""
    try:
        given = json.loads(body)["params_input"]["digest"]
    except (ValueError, KeyError, TypeError):
        return None
    return str(given).strip() if given else None


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


def _refused(named: re.Match[str], digest: str | None, user: Any) -> tuple[int, str] | None:
    """Why the answer is refused, with the HTTP status for it; None when it may be recorded."""
    from airflow.utils.session import create_session

    with create_session() as session:
        waiting = _task(named, session)
        if waiting is None or waiting.operator != _OPERATOR:
            return None  # another operator's request, or none: Airflow's own rules
        if user is None:
            return HTTPStatus.UNAUTHORIZED, "Log in to answer."
        shell = _in_the_shell.get()
        by = Answerer((shell,), SHELL) if shell else answerer(user)
        refused = _judged(named, str(waiting.state), digest, by, session)
        if not refused:
            _state(_scope(named), answerer_key(str(user.get_id())), by.as_dict(), session)
        return refused


def _task(named: re.Match[str], session: Any) -> Any:
    from airflow.models.taskinstance import TaskInstance
    from sqlalchemy import select

    return session.scalar(
        select(TaskInstance).where(
            TaskInstance.dag_id == named["dag_id"],
            TaskInstance.run_id == named["run_id"],
            TaskInstance.task_id == named["task_id"],
            TaskInstance.map_index == int(named["map_index"]),
        )
    )


def _keep(named: re.Match[str]) -> None:
    """Put an answer that is recorded where the task can read it: Airflow tells it once only, by waking the task."""
    from airflow.models.hitl import HITLDetail
    from airflow.utils.session import create_session

    with create_session() as session:
        answered = _task(named, session)
        if answered is None or answered.operator != _OPERATOR:
            return
        detail = session.get(HITLDetail, answered.id)
        if detail is None or not detail.response_received:
            return
        told = detail.as_resume_event_payload()
        told["responded_at"] = told["responded_at"].isoformat()
        _state(_scope(named), ANSWER, told, session)


def _scope(named: re.Match[str]) -> Any:
    from airflow.state import TaskScope

    return TaskScope(named["dag_id"], named["run_id"], named["task_id"], int(named["map_index"]))


def _state(scope: Any, key: str, value: dict[str, Any], session: Any) -> None:
    from airflow.state import get_state_backend

    get_state_backend().set(scope, key, json.dumps(value), expires_at=None, session=session)


def _judged(named: re.Match[str], state: str, digest: str | None, by: Answerer, session: Any) -> tuple[int, str] | None:
    """Hold an answer against the rules, and against what became of the task in the meantime."""
    from airflow.state import get_state_backend

    kept = get_state_backend().get(_scope(named), ASKED, session=session)
    if kept is None:
        return HTTPStatus.CONFLICT, "Nothing is asked yet: wait until the request is shown."
    refused = refusal(Asked.of(json.loads(kept)), by, digest, datetime.now(UTC))
    if refused:
        return (HTTPStatus.FORBIDDEN if refused.kind == "who" else HTTPStatus.CONFLICT), refused.message
    if state in _ENDED:
        return HTTPStatus.CONFLICT, f"This is no longer asked: {named['task_id']} has ended as {state}."
    return None
