"""Letters to all who are to be asked about an edition: to read, to take away in one file, to record as sent."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from airflow.api_fastapi.core_api.security import GetUserDep  # noqa: TID253
from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import HTMLResponse
from starlette.concurrency import run_in_threadpool

from gci.casework.asked import items_asked, questionnaire
from gci.casework.cases import to_ask
from gci.casework.ledger import record
from gci.casework.letter import Letter, as_html
from gci.casework.letter import letter as write
from gci.casework.status import is_synthetic
from gci.core.paths import DataFolders, data_folders
from gci.orchestration.ui.access import Bringer, may_bring
from gci.orchestration.ui.frame import page
from gci.orchestration.ui.upload_routes import limited_form, note
from gci.reference.seeds import edition as known
from gci.reference.seeds import member_states, state_languages

routes = APIRouter()


@routes.get("/letters/{edition}")
def letters(request: Request, user: GetUserDep, edition: str) -> Response:
    """Who is to be asked, with a letter for each."""
    return _shown(request, known(edition).edition, _to_ask(edition, data_folders()), may=may_bring(user), told="")


@routes.get("/letters/{edition}/all.zip")
def all_letters(edition: str) -> Response:
    """Every letter as one archive: a page for each state, and beside it the questionnaire that goes along."""
    folders, packed = data_folders(), io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for row in _to_ask(known(edition).edition, folders):
            one = write(edition, row["iso3"], None, folders)
            if one.queries:
                archive.writestr(f"{_named(one)}.html", as_html(one))
            if one.encloses:
                archive.writestr(f"{_named(one)}.xlsx", questionnaire(edition, one.iso3, one.language, folders))
    name = f"letters_{edition}.zip"
    return Response(
        packed.getvalue(),
        media_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@routes.get("/letters/{edition}/{iso3}")
def one_letter(edition: str, iso3: str) -> Response:
    """One letter, as its focal point gets it."""
    written = write(edition, iso3, None, data_folders())
    if not written.queries:
        raise HTTPException(HTTPStatus.NOT_FOUND, f"{written.iso3} has nothing to be asked about in {edition}.")
    return HTMLResponse(as_html(written))


@routes.get("/letters/{edition}/{iso3}/questionnaire")
def enclosed(edition: str, iso3: str) -> Response:
    """The questionnaire that goes along with a letter: only the questions asked about."""
    folders = data_folders()
    one = write(edition, iso3, None, folders)
    return Response(
        questionnaire(edition, one.iso3, one.language, folders),
        media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        headers={"Content-Disposition": f'attachment; filename="{_named(one)}.xlsx"'},
    )


@routes.post("/letters/{edition}/sent")
async def sent(request: Request, name: Bringer, edition: str) -> Response:
    """Record that letters went out: their cases count as asked from the next collection on."""
    form = await limited_form(request)
    states = [str(one) for one in form.getlist("states")]
    recorded = await run_in_threadpool(_record, known(edition).edition, states, data_folders())
    await run_in_threadpool(note, name, "gci.letters_sent", f"{edition}: {', '.join(recorded)}")
    rows = await run_in_threadpool(_to_ask, edition, data_folders())
    told = f"Recorded as sent: {len(recorded)} letters ({', '.join(recorded) or 'none'})."
    return await run_in_threadpool(_shown, request, edition, rows, may=True, told=told)


def _shown(request: Request, edition: str, rows: list[dict[str, Any]], *, may: bool, told: str) -> Response:
    said: dict[str, Any] = {"edition": edition, "rows": rows, "synthetic": is_synthetic(edition, data_folders())}
    return page(request, "letters.html", forms=True, may=may, told=told, **said)


def _record(edition: str, states: Sequence[str], folders: DataFolders) -> list[str]:
    written = [write(edition, iso3, None, folders) for iso3 in states]
    asked = [one for one in written if one.queries]
    for one in asked:
        record(edition, one.iso3, one.language, [dict(case) for query in one.queries for case in query.cases], folders)
    return [one.iso3 for one in asked]


def _named(one: Letter) -> str:
    return f"{one.iso3}_{one.edition}_{one.language}"


def _to_ask(edition: str, folders: DataFolders) -> list[dict[str, Any]]:
    """The states with cases that their focal points are to act on, most cases first."""
    found: dict[str, list[dict[str, Any]]] = {}
    for case in to_ask(edition, None, folders):
        if case["iso3"] in member_states():
            found.setdefault(case["iso3"], []).append(case)
    return [
        {
            "iso3": iso3,
            "name": member_states()[iso3].names["en"],
            "language": state_languages()[iso3],
            "encloses": bool(items_asked(edition, of_it)),
            "open": sum(case["state"] == "open" for case in of_it),
            "asked": sum(case["state"] == "asked" for case in of_it),
        }
        for iso3, of_it in sorted(found.items(), key=lambda one: (-len(one[1]), one[0]))
    ]
