"""Who may read the pages, who may bring files through them, and that a form comes from the pages themselves."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import urlsplit

# The api-server alone imports this module, and it has these loaded: nobody waits for them.
from airflow.api_fastapi.app import get_auth_manager  # noqa: TID253
from airflow.api_fastapi.auth.managers.models.resource_details import (  # noqa: TID253
    DagAccessEntity,
    DagDetails,
)
from airflow.api_fastapi.core_api.security import GetUserDep  # noqa: TID253
from airflow.configuration import conf
from fastapi import Depends, HTTPException, Request

from gci.core.ids import COLLECT_SURVEY, PUBLISH_EDITION


def reader(user: GetUserDep) -> None:
    """Whoever may read the DAG that publishes."""
    may = get_auth_manager().is_authorized_dag(method="GET", details=DagDetails(id=PUBLISH_EDITION), user=user)
    if not may:
        raise HTTPException(HTTPStatus.FORBIDDEN, "Your role may not read publish_edition, nor these pages.")


def may_bring(user: Any) -> bool:
    """Whether somebody may put files into the inbox: whoever may have them collected, by starting `collect_survey`."""
    return get_auth_manager().is_authorized_dag(
        method="POST", access_entity=DagAccessEntity.RUN, details=DagDetails(id=COLLECT_SURVEY), user=user
    )


def _bringer(request: Request, user: GetUserDep) -> str:
    if not may_bring(user):
        raise HTTPException(
            HTTPStatus.FORBIDDEN,
            "Your role may not start collect_survey, nor put files into its inbox. Ask an engineer or a publisher.",
        )
    if not _from_here(request):
        raise HTTPException(
            HTTPStatus.FORBIDDEN, "This was sent from another site. Open the page in Airflow and send it from there."
        )
    return str(user.get_name())


Bringer = Annotated[str, Depends(_bringer)]
"""The name of somebody who may put files into the inbox, and sent this from the pages, or with a token of theirs."""


def _from_here(request: Request) -> bool:
    """Whether a request that writes comes from the pages: a cookie is sent along from anywhere, a token is not."""
    if request.headers.get("authorization", "").lower().startswith("bearer "):
        return True
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    ours = {request.headers.get("host"), urlsplit(conf.get("api", "base_url", fallback="")).netloc}
    return urlsplit(request.headers.get("origin", "")).netloc in ours - {None, ""}
