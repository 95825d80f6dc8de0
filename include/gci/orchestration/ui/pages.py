"""The pages behind Airflow's log-in: what has come in, candidates and releases with their documents. They only read.

Whoever may read the DAG that publishes may read these. Pages run no script, but for dbt's documentation, which is one
and gets an origin of its own: nothing on any of them can call Airflow's API in the reader's name.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote

# The api-server alone imports this module, and it has these loaded: nobody waits for them.
from airflow.api_fastapi.app import get_auth_manager  # noqa: TID253
from airflow.api_fastapi.auth.managers.models.resource_details import DagDetails  # noqa: TID253
from airflow.api_fastapi.core_api.security import GetUserDep  # noqa: TID253
from fastapi import Depends, FastAPI, HTTPException, Request, Response
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from gci.build.report import failures, read_report
from gci.casework.cases import cases
from gci.casework.reading import rows_of
from gci.casework.status import status
from gci.core.errors import GciError
from gci.core.paths import data_folders
from gci.orchestration.ui.artifact_catalog import DBT_DOCS, Volume, candidates, releases
from gci.orchestration.ui.status_page import status_page
from gci.reference.seeds import editions
from gci.storage.object_store.shared import pull

_HERE = Path(__file__).parent
_TEMPLATES = Environment(
    loader=FileSystemLoader(_HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
)
_PLAIN = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'"
)
_SCRIPT = (
    "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src data:; "
    "font-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-scripts"
)


def _reader(user: GetUserDep) -> None:
    """Whoever may read the DAG that publishes."""
    may = get_auth_manager().is_authorized_dag(method="GET", details=DagDetails(id="publish_edition"), user=user)
    if not may:
        raise HTTPException(HTTPStatus.FORBIDDEN, "Your role may not read publish_edition, nor these pages.")


def _at_hand() -> None:
    """Where machines share a store, what the others have made."""
    pull(data_folders())


pages = FastAPI(
    title="GCI warehouse",
    docs_url=None,
    redoc_url=None,
    openapi_url=None,
    dependencies=[Depends(_reader), Depends(_at_hand)],
)


@pages.middleware("http")
async def _closed(request: Request, go_on: Callable[[Request], Awaitable[Response]]) -> Response:
    """Let pages load nothing, be framed by nobody else, and be kept by no cache."""
    response = await go_on(request)
    response.headers.setdefault("Content-Security-Policy", _PLAIN)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.exception_handler(HTTPException)
async def _refused(request: Request, error: HTTPException) -> Response:
    """Send people to the log-in; tell the others."""
    if error.status_code == HTTPStatus.UNAUTHORIZED and "text/html" in request.headers.get("accept", ""):
        return RedirectResponse(get_auth_manager().get_url_login(next_url=str(request.url)))
    heading = HTTPStatus(error.status_code).phrase
    return _page("refused.html", error.status_code, root=_root(request), heading=heading, said=error.detail)


@pages.exception_handler(GciError)
async def _wrong(request: Request, error: GciError) -> Response:
    """Say what is wrong with the data folder, or with what was asked for."""
    heading = "This cannot be shown"
    return _page("refused.html", HTTPStatus.NOT_FOUND, root=_root(request), heading=heading, said=str(error))


@pages.get("/")
def artifact_catalog(request: Request) -> Response:
    """Candidates and releases, with links to the documents of each."""
    folders = data_folders()
    return _page("shelf.html", root=_root(request), candidates=candidates(folders), releases=releases(folders))


@pages.get("/status")
def newest_status(request: Request) -> Response:
    """The status page of the newest edition."""
    return RedirectResponse(f"{_root(request)}/status/{max(editions())}")


@pages.get("/status/{edition}")
def edition_status(request: Request, edition: str, show: str = "") -> Response:
    """What has come in for an edition, state by state, and what is open about it; `show` picks some of the states."""
    folders, root = data_folders(), _root(request)
    found, points = status(edition, folders), cases(edition, None, folders)

    def report_address(path: str) -> str:
        return f"{root}/reports/{quote(Path(path).relative_to(folders.root).as_posix())}"

    return HTMLResponse(status_page(found, points, sorted(editions()), show, root, report_address))


@pages.get("/reports/{path:path}")
def report(path: str) -> Response:
    """The report on a refused file, as its sender gets it."""
    folders = data_folders()
    known = {row["report"] for row in rows_of("refused_files", None, "report", folders)}
    if path not in known or not (folders.root / path).is_file():
        raise HTTPException(HTTPStatus.NOT_FOUND, "There is no such report.")
    return FileResponse(folders.root / path, media_type="text/html")


@pages.get("/style.css")
def style() -> Response:
    """The stylesheet of the pages."""
    return FileResponse(_HERE / "templates" / "style.css", media_type="text/css")


def _of_candidate(name: str) -> Volume:
    return _volume(f"candidates/{name}", candidates(data_folders()))


def _of_release(edition: str, vintage: int) -> Volume:
    return _volume(f"releases/{edition}/v{vintage}", releases(data_folders()))


def _volume(path: str, known: list[Volume]) -> Volume:
    """One of those that there are: what is not in the list is never looked for on the disk."""
    found = next((volume for volume in known if volume.path == path), None)
    if found is None:
        raise HTTPException(HTTPStatus.NOT_FOUND, f"There is no {path}.")
    return found


OfCandidate = Annotated[Volume, Depends(_of_candidate)]
OfRelease = Annotated[Volume, Depends(_of_release)]


@pages.get("/candidates/{name}/dbt")
def dbt_of_candidate(request: Request, volume: OfCandidate) -> Response:
    """What dbt did when the candidate was built."""
    return _dbt(request, volume)


@pages.get("/releases/{edition}/v{vintage}/dbt")
def dbt_of_release(request: Request, volume: OfRelease) -> Response:
    """What dbt did when the release was built."""
    return _dbt(request, volume)


@pages.get("/candidates/{name}/{kind}/{path:path}")
def document_of_candidate(volume: OfCandidate, kind: str, path: str) -> Response:
    """A file of a candidate's audit, Data Docs or dbt docs."""
    return _document(volume, kind, path)


@pages.get("/releases/{edition}/v{vintage}/{kind}/{path:path}")
def document_of_release(volume: OfRelease, kind: str, path: str) -> Response:
    """A file of a release's audit, Data Docs or dbt docs."""
    return _document(volume, kind, path)


def _dbt(request: Request, volume: Volume) -> Response:
    if volume.built is None or not volume.has_report:
        raise HTTPException(HTTPStatus.NOT_FOUND, f"What dbt left of {volume.title} is gone.")
    models = read_report(volume.built)
    slowest = sorted(models, key=lambda model: (-_seconds(model), model["name"]))
    return _page("dbt.html", root=_root(request), volume=volume, models=slowest, failed=failures(models))


def _seconds(model: dict[str, Any]) -> float:
    return float((model.get("seconds") or 0) + sum(test["seconds"] for test in model["tests"]))


def _document(volume: Volume, kind: str, path: str) -> Response:
    file = volume.document(kind, path)
    if file is None:
        raise HTTPException(HTTPStatus.NOT_FOUND, f"{volume.title} has no such page.")
    kind_of_file = mimetypes.guess_type(file.name)[0] or "text/plain"
    policy = _SCRIPT if kind == DBT_DOCS else _PLAIN
    return FileResponse(file, media_type=kind_of_file, headers={"Content-Security-Policy": policy})


def _root(request: Request) -> str:
    """Where the pages are mounted, as a path from the server's root."""
    return str(request.scope.get("root_path", "")).rstrip("/")


def _page(template: str, status_code: int = HTTPStatus.OK, **shown: Any) -> HTMLResponse:
    return HTMLResponse(_TEMPLATES.get_template(template).render(**shown), status_code)
