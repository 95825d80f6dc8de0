"""The plugin that Airflow loads (entry point `airflow.plugins`): cheap to import, since every Airflow process does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from airflow.listeners import hookimpl
from airflow.plugins_manager import AirflowPlugin

from gci.orchestration.address import PREFIX
from gci.sign_off.guard import SignOffGuard

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send


class _Pages:
    """The pages' own app, which is only imported where it is served."""

    @property
    def routes(self) -> Any:
        """What it serves, for the guard, which judges the routes that write one by one."""
        from gci.orchestration.ui.pages import pages

        return pages.routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        from gci.orchestration.ui.pages import pages

        await pages(scope, receive, send)


class _TaskLogs:
    """Told by Airflow when a task begins, in the task's own process."""

    @hookimpl
    def on_task_instance_running(self) -> None:
        from gci.orchestration.task_log import end_with_what_matters

        end_with_what_matters()


def _view(name: str, path: str, route: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "href": f"{PREFIX}{path}", "destination": "nav", "url_route": route} | more


class GciPlugin(AirflowPlugin):
    """The project in Airflow's UI and API."""

    name = "gci"
    # Airflow reads these from the class, which it declares without ClassVar.
    fastapi_apps = [{"app": _Pages(), "url_prefix": PREFIX, "name": "GCI warehouse"}]  # noqa: RUF012
    fastapi_root_middlewares = [{"name": "sign-off guard", "middleware": SignOffGuard}]  # noqa: RUF012
    listeners = [_TaskLogs()]  # noqa: RUF012
    external_views = [  # noqa: RUF012
        _view(
            "Control",  # what fits below its sign
            "/",
            "gci-room",
            nav_top_level=True,
            icon=f"{PREFIX}/light.svg",
            icon_dark_mode=f"{PREFIX}/dark.svg",
        ),
        _view("Edition status", "/status", "gci-status"),
        _view("Candidates and releases", "/shelf", "gci-shelf"),
        _view("Upload", "/upload", "gci-upload"),
    ]
