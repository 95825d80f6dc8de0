"""The pages behind Airflow's log-in: the control room, the rounds, candidates and releases with their documents.

Whoever may read the DAG that publishes may read these; who may have files collected may bring some (`upload_routes`).
Pages run one script, their own, which asks nobody for anything (`frame`). Documents of other programs that need theirs
get an origin of their own: nothing on any of them can call Airflow's API in the reader's name.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import quote

# The api-server alone imports this module, and it has these loaded: nobody waits for them.
from airflow.api_fastapi.app import get_auth_manager  # noqa: TID253
from airflow.api_fastapi.core_api.security import GetUserDep  # noqa: TID253
from fastapi import Depends, FastAPI, HTTPException, Request, Response
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse
from markdown_it import MarkdownIt

from gci.build.candidate import load
from gci.build.report import failures, read_report
from gci.casework.cases import cases
from gci.casework.reading import rows_of
from gci.casework.status import status
from gci.collect.quarantine import refused_places
from gci.core.errors import GciError, TryAgain
from gci.core.paths import DataFolders, data_folders
from gci.orchestration.ui import letter_routes, upload_routes
from gci.orchestration.ui.access import may_bring, reader
from gci.orchestration.ui.airflow_state import dags, requests
from gci.orchestration.ui.artifact_catalog import DBT_DOCS, Volume, candidates, releases
from gci.orchestration.ui.frame import PLAIN, SCRIPT, TEMPLATES, page, root, themed
from gci.orchestration.ui.look import STYLE
from gci.orchestration.ui.room import faults, room
from gci.orchestration.ui.status_page import status_page
from gci.reference.seeds import edition as known_edition
from gci.reference.seeds import editions
from gci.sign_off.request import summary
from gci.site.stage import FOLDER as PAGES
from gci.storage.door import storage_of

# With an origin of its own a page keeps nothing and calls nobody as its reader, whatever it runs.
_SCRIPTED = (
    "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src data:; "
    "font-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-scripts"
)
# dbt's page asks for the browser's storage, which an origin of its own does not have, and stops without.
_KEEPS_NOTHING = """<script>for (const name of ["localStorage", "sessionStorage"]) {
const kept = new Map(), value = { getItem: (key) => kept.get(key) ?? null, removeItem: (key) => kept.delete(key),
setItem: (key, text) => kept.set(key, String(text)), clear: () => kept.clear() };
Object.defineProperty(window, name, { value }); }</script>"""
_INK = {"light": "#7d92b8", "dark": "#b8c1d1"}
_LONGEST = 2_000  # characters of a path: no file system takes as many


def _at_hand() -> None:
    """Where machines share a store, what the others have made."""
    storage_of(data_folders()).pull()


pages = FastAPI(
    title="GCI warehouse",
    docs_url=None,
    redoc_url=None,
    openapi_url=None,
    dependencies=[Depends(reader), Depends(_at_hand)],
)
pages.include_router(upload_routes.routes)
pages.include_router(letter_routes.routes)


@pages.middleware("http")
async def _closed(request: Request, go_on: Callable[[Request], Awaitable[Response]]) -> Response:
    """Let pages load nothing, be framed by nobody else, and be kept by no cache."""
    path = str(request.scope["path"])
    if "\0" in path or len(path) > _LONGEST:
        told = "There is no such page: its address is not one that anything here can have."
        response: Response = page(request, "refused.html", HTTPStatus.BAD_REQUEST, heading="Bad Request", said=told)
    else:
        response = await go_on(request)
    response.headers.setdefault("Content-Security-Policy", PLAIN.format(forms="'none'"))
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.exception_handler(HTTPException)
async def _refused(request: Request, error: HTTPException) -> Response:
    """Send people to the log-in; tell the others."""
    if error.status_code == HTTPStatus.UNAUTHORIZED and "text/html" in request.headers.get("accept", ""):
        return RedirectResponse(get_auth_manager().get_url_login(next_url=str(request.url)))
    heading = HTTPStatus(error.status_code).phrase
    return page(request, "refused.html", error.status_code, heading=heading, said=error.detail)


@pages.exception_handler(GciError)
async def _wrong(request: Request, error: GciError) -> Response:
    """Say what is wrong with the data folder, or with what was asked for; where it lies is nobody's business here."""
    said = str(error).replace(f"{data_folders().root}/", "")
    return page(request, "refused.html", HTTPStatus.NOT_FOUND, heading="This cannot be shown", said=said)


@pages.exception_handler(Exception)
async def _broken(request: Request, error: Exception) -> Response:
    """Say of a fault of the program that it is one; what it is stands in the server's log, where Airflow writes it."""
    said = "A fault of the program, not of yours. What it is stands in the log of the api-server: tell a data engineer."
    return page(request, "refused.html", HTTPStatus.INTERNAL_SERVER_ERROR, heading="This went wrong", said=said)


@pages.get("/")
def control_room(request: Request, user: GetUserDep) -> Response:
    """Everything that a data engineer keeps in sight."""
    shown = room(data_folders(), dags(), requests(), faults())
    return page(request, "room.html", here="/", may_upload=may_bring(user), **shown)


@pages.get("/shelf")
def artifact_catalog(request: Request) -> Response:
    """Candidates and releases, with links to the documents of each."""
    folders = data_folders()
    return page(request, "shelf.html", here="/shelf", candidates=candidates(folders), releases=releases(folders))


@pages.get("/status")
def newest_status(request: Request) -> Response:
    """The status page of the newest edition."""
    return RedirectResponse(f"{root(request)}/status/{max(editions())}")


@pages.get("/status/{edition}")
def edition_status(request: Request, edition: str, show: str = "") -> Response:
    """What has come in for an edition, state by state, and what is open about it; `show` picks some of the states."""
    folders, mounted = data_folders(), root(request)
    of = known_edition(edition)
    try:
        found, points = status(edition, folders), cases(edition, None, folders)
    except TryAgain:
        if folders.survey.is_file():
            raise
        return page(request, "no_round.html", here="/status", edition=of, editions=sorted(editions()))

    def report_address(path: str) -> str:
        return f"{mounted}/reports/{quote(Path(path).relative_to(folders.root).as_posix())}"

    shown = status_page(found, points, sorted(editions()), show, mounted, report_address, SCRIPT)
    return HTMLResponse(themed(request, shown))


@pages.get("/reports/{path:path}")
def report(path: str) -> Response:
    """The report on a refused file, as its sender gets it."""
    folders = data_folders()
    if path not in _reports(folders) or not (folders.root / path).is_file():
        raise HTTPException(HTTPStatus.NOT_FOUND, "There is no such report.")
    return FileResponse(folders.root / path, media_type="text/html")


def _reports(folders: DataFolders) -> set[str]:
    """Where reports lie, below the data folder: what is not among them is never looked for on the disk."""
    found = {(folder / "report.html").relative_to(folders.root).as_posix() for folder, _ in refused_places(folders)}
    if folders.survey.is_file():
        found |= {str(row["report"]) for row in rows_of("refused_files", None, "report", folders)}
    return found


@pages.get("/style.css")
def style() -> Response:
    """The stylesheet of the pages."""
    return Response(STYLE, media_type="text/css")


@pages.get("/{theme}.svg")
def icon(theme: Literal["light", "dark"]) -> Response:
    """The sign of the control room in Airflow's navigation, for its light and its dark theme."""
    drawn = (TEMPLATES / "room.svg").read_text(encoding="utf-8").replace("currentColor", _INK[theme])
    return Response(drawn, media_type="image/svg+xml")


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


@pages.get("/candidates/{name}/request")
def request_about(request: Request, volume: OfCandidate) -> Response:
    """All that changes in a candidate, and why: the request for its sign-off with nothing left out."""
    if not (volume.folder / "candidate.duckdb").is_file():
        raise HTTPException(HTTPStatus.NOT_FOUND, f"{volume.title} is not built.")
    told = summary(load(volume.folder), data_folders(), root(request), rows=1000)
    shown = MarkdownIt("commonmark", {"html": False}).enable("table").render(told)
    return page(request, "request.html", here="/shelf", volume=volume, shown=shown)


@pages.get("/releases/{edition}/v{vintage}/dbt")
def dbt_of_release(request: Request, volume: OfRelease) -> Response:
    """What dbt did when the release was built."""
    return _dbt(request, volume)


@pages.get("/candidates/{name}/{kind}/{path:path}")
def document_of_candidate(request: Request, volume: OfCandidate, kind: str, path: str) -> Response:
    """A file of a candidate's pages, audit, Data Docs or dbt docs."""
    return _document(request, volume, kind, path)


@pages.get("/releases/{edition}/v{vintage}/{kind}/{path:path}")
def document_of_release(request: Request, volume: OfRelease, kind: str, path: str) -> Response:
    """A file of a release's pages, audit, Data Docs or dbt docs."""
    return _document(request, volume, kind, path)


def _dbt(request: Request, volume: Volume) -> Response:
    if volume.built is None or not volume.has_report:
        raise HTTPException(HTTPStatus.NOT_FOUND, f"What dbt left of {volume.title} is gone.")
    models = read_report(volume.built)
    slowest = sorted(models, key=lambda model: (-_seconds(model), model["name"]))
    return page(request, "dbt.html", here="/shelf", volume=volume, models=slowest, failed=failures(models))


def _seconds(model: dict[str, Any]) -> float:
    return float((model.get("seconds") or 0) + sum(test["seconds"] for test in model["tests"]))


def _document(request: Request, volume: Volume, kind: str, path: str) -> Response:
    file = volume.document(kind, path)
    if file is None:
        raise HTTPException(HTTPStatus.NOT_FOUND, f"{volume.title} has no such page.")
    kind_of_file = mimetypes.guess_type(file.name)[0] or "text/plain"
    if kind_of_file != "text/html":
        return FileResponse(file, media_type=kind_of_file)
    if kind == DBT_DOCS:
        shown = file.read_text(encoding="utf-8").replace("<head>", f"<head>{_KEEPS_NOTHING}", 1)
        return HTMLResponse(shown, headers={"Content-Security-Policy": _SCRIPTED})
    if kind == PAGES:  # as it will be read, in no theme of ours
        return HTMLResponse(file.read_bytes())
    return HTMLResponse(themed(request, file.read_text(encoding="utf-8")))
