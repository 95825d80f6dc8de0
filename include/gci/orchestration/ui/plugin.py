"""The plugin that Airflow loads (entry point `airflow.plugins`): cheap to import, since every Airflow process does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from airflow.plugins_manager import AirflowPlugin

from gci.orchestration.ui.address import PREFIX
from gci.sign_off.guard import SignOffGuard

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send


class _Pages:
    """The pages' own app, which is only imported where it is served."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        from gci.orchestration.ui.pages import pages

        await pages(scope, receive, send)


def _view(name: str, path: str, route: str) -> dict[str, Any]:
    return {"name": name, "href": f"{PREFIX}{path}", "destination": "nav", "url_route": route}


class GciPlugin(AirflowPlugin):
    """The project in Airflow's UI and API."""

    name = "gci"
    # Airflow reads these from the class, which it declares without ClassVar.
    fastapi_apps = [{"app": _Pages(), "url_prefix": PREFIX, "name": "GCI warehouse"}]  # noqa: RUF012
    fastapi_root_middlewares = [{"name": "sign-off guard", "middleware": SignOffGuard}]  # noqa: RUF012
    external_views = [  # noqa: RUF012
        _view("Edition status", "/status", "gci-status"),
        _view("Candidates and releases", "/", "gci-shelf"),
    ]
