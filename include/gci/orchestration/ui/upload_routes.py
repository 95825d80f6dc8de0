"""The pages that write: the form for files with its answer, and that letters went out. The guard names their routes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

from airflow.api_fastapi.core_api.security import GetUserDep  # noqa: TID253
from fastapi import APIRouter, HTTPException, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException

from gci.core.paths import data_folders
from gci.orchestration.ui.access import Bringer, may_bring
from gci.orchestration.ui.frame import page
from gci.orchestration.ui.upload import LARGEST, MOST, Submitted, places, submit
from gci.reference.decisions import ALWAYS, HEADER, KINDS, TOLD

routes = APIRouter()
_FORM = 200_000  # bytes that the form may have beside its files


@routes.get("/upload")
def form(request: Request, user: GetUserDep, place: str = "") -> Response:
    """The form, for those who may use it."""
    return _page(request, may_bring(user), place, [])


@routes.post("/upload")
async def take(request: Request, name: Bringer) -> Response:
    """Check what was sent, keep what is to be kept, and show the verdicts."""
    sent = await limited_form(request)
    files = [one for one in sent.getlist("files") if isinstance(one, UploadFile) and one.filename]
    if not files:
        raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY, "No file was chosen. Go back and choose one.")
    place, keep = str(sent.get("place") or ""), str(sent.get("keep") or "accepted")
    folders = data_folders()
    found = [await run_in_threadpool(submit, str(one.filename), one.file, place, keep, folders) for one in files]
    await run_in_threadpool(note, name, "gci.upload", ", ".join(one.kept or f"{one.name} (not kept)" for one in found))
    return _page(request, True, place, found)


def note(name: str, event: str, extra: str) -> None:
    """Have it stand in Airflow's audit log who did what through the pages."""
    from airflow.models import Log
    from airflow.utils.session import create_session

    with create_session() as session:
        session.add(Log(event=event, owner=name, owner_display_name=name, extra=extra[:2000]))


def _page(request: Request, may: bool, place: str, found: list[Submitted]) -> Response:
    shown: dict[str, Any] = {"may": may, "places": places(), "place": place, "found": found, "here": "/upload"}
    rules: dict[str, Any] = {"kinds": KINDS.values(), "always": ALWAYS, "columns": HEADER, "of_columns": TOLD}
    return page(request, "upload.html", forms=True, largest=LARGEST // 1_000_000, **shown, **rules)


async def limited_form(request: Request) -> Any:
    """The form that was sent; 413 as soon as it is longer than it may be."""
    too_long = HTTPException(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"At most {MOST} files and {LARGEST // 1_000_000} MB at a time."
    )
    if int(request.headers.get("content-length") or 0) > LARGEST + _FORM:
        raise too_long
    counting = Request(request.scope, _counting(request.receive, too_long))
    try:
        return await counting.form(max_files=MOST, max_fields=10)
    except MultiPartException as error:
        told = too_long if "Too many" in error.message else HTTPException(HTTPStatus.BAD_REQUEST, error.message)
        raise told from error


def _counting(receive: Callable[[], Awaitable[Any]], too_long: HTTPException) -> Callable[[], Awaitable[Any]]:
    size = 0

    async def counted() -> Any:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > LARGEST + _FORM:
            raise too_long
        return message

    return counted
