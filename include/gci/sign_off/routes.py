"""Which routes of Airflow's API may write about the DAG that publishes, and which request is for which of them.

Airflow lets whoever may edit a DAG write its tasks' states, XComs and kept values: a release must not hang on that. So
of the routes that write, those below pass; all others are refused as soon as they name the DAG, those too that a later
Airflow may bring. Requests are matched by the app's own routes, so that no spelling of a path is read otherwise here
than there; what a body names counts like what the path names.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gci.core.ids import PUBLISH_EDITION

if TYPE_CHECKING:
    from starlette.types import Scope

DAG = PUBLISH_EDITION
"""The DAG whose tasks nobody writes for."""

READING = frozenset({"GET", "HEAD", "OPTIONS"})
_API = "/api/v2"
_RUN = f"{_API}/dags/{{dag_id}}/dagRuns/{{dag_run_id}}"
_TASK = f"{_RUN}/taskInstances/{{task_id}}"

ANSWER = ("PATCH", f"{_TASK}/{{map_index}}/hitlDetails")
"""Records an answer: the guard holds it against the rules and signs it."""

NOTES = frozenset({("PATCH", _RUN), ("PATCH", _TASK), ("PATCH", f"{_TASK}/{{map_index}}")})
"""Write a note, and states: they pass with a note alone."""

PASSING = frozenset(
    {
        # A run is triggered, cleared, looked at before it is cleared, or backfilled: every task does its own work then.
        ("POST", f"{_API}/dags/{{dag_id}}/dagRuns"),
        ("POST", f"{_API}/dags/{{dag_id}}/clearTaskInstances"),
        ("POST", f"{_API}/dags/{{dag_id}}/clearDagRuns"),
        ("POST", f"{_RUN}/clear"),
        ("PATCH", f"{_TASK}/dry_run"),
        ("PATCH", f"{_TASK}/{{map_index}}/dry_run"),
        ("PATCH", f"{_RUN}/taskGroupInstances/{{group_id}}/dry_run"),
        ("POST", f"{_API}/backfills"),
        ("POST", f"{_API}/backfills/dry_run"),
        ("PUT", f"{_API}/backfills/{{backfill_id}}/pause"),
        ("PUT", f"{_API}/backfills/{{backfill_id}}/unpause"),
        ("PUT", f"{_API}/backfills/{{backfill_id}}/cancel"),
        # The DAG is paused, marked as a favourite, parsed anew.
        ("PATCH", f"{_API}/dags/{{dag_id}}"),
        ("PATCH", f"{_API}/dags"),
        ("POST", f"{_API}/dags/{{dag_id}}/favorite"),
        ("POST", f"{_API}/dags/{{dag_id}}/unfavorite"),
        ("PUT", f"{_API}/parseDagFile/{{file_token}}"),
        # They only read, and take their questions as a body.
        ("POST", f"{_RUN}/taskInstances/list"),
        ("POST", f"{_API}/dags/{{dag_id}}/dagRuns/list"),
        # No task of the DAG takes anything of this into a release; pools and assets only make runs wait or begin.
        ("POST", f"{_API}/assets/events"),
        ("POST", f"{_API}/assets/{{asset_id}}/materialize"),
        ("DELETE", f"{_API}/assets/{{asset_id}}/queuedEvents"),
        ("PUT", f"{_API}/assets/{{asset_id}}/state-store/{{key:path}}"),
        ("DELETE", f"{_API}/assets/{{asset_id}}/state-store/{{key:path}}"),
        ("DELETE", f"{_API}/assets/{{asset_id}}/state-store"),
        ("POST", f"{_API}/connections"),
        ("PATCH", f"{_API}/connections"),
        ("PATCH", f"{_API}/connections/{{connection_id}}"),
        ("DELETE", f"{_API}/connections/{{connection_id}}"),
        ("POST", f"{_API}/connections/test"),
        ("POST", f"{_API}/connections/enqueue-test"),
        ("POST", f"{_API}/connections/defaults"),
        ("POST", f"{_API}/pools"),
        ("PATCH", f"{_API}/pools"),
        ("PATCH", f"{_API}/pools/{{pool_name:path}}"),
        ("DELETE", f"{_API}/pools/{{pool_name:path}}"),
        ("POST", f"{_API}/variables"),
        ("PATCH", f"{_API}/variables"),
        ("PATCH", f"{_API}/variables/{{variable_key:path}}"),
        ("DELETE", f"{_API}/variables/{{variable_key:path}}"),
        # The project's pages: a file for the inbox, which is collected, built, gated and signed like any other; a note
        # in the ledger of letters, which `publish` does not read.
        ("POST", "/gci/upload"),
        ("POST", "/gci/letters/{edition}/sent"),
    }
)
"""Write nothing that `publish` reads."""

REFUSED = frozenset(
    {
        ("PUT", f"{_TASK}/state-store/{{key:path}}"),
        ("PATCH", f"{_TASK}/state-store/{{key:path}}"),
        ("DELETE", f"{_TASK}/state-store/{{key:path}}"),
        ("DELETE", f"{_TASK}/state-store"),
        ("POST", f"{_TASK}/xcomEntries"),
        ("PATCH", f"{_TASK}/xcomEntries/{{xcom_key:path}}"),
        ("DELETE", f"{_TASK}/xcomEntries/{{xcom_key:path}}"),
        ("PATCH", f"{_RUN}/taskInstances"),
        ("PATCH", f"{_RUN}/taskGroupInstances/{{group_id}}"),
        ("DELETE", _TASK),
        ("PATCH", f"{_API}/dags/{{dag_id}}/dagRuns"),
        ("DELETE", _RUN),
        ("DELETE", f"{_API}/dags/{{dag_id}}"),
        ("POST", f"{_API}/dags/{{dag_id}}/clearPartitions"),
        ("DELETE", f"{_API}/dags/{{dag_id}}/assets/queuedEvents"),
        ("DELETE", f"{_API}/dags/{{dag_id}}/assets/{{asset_id}}/queuedEvents"),
    }
)
"""Write what a task of the DAG, or the scheduler, goes by; or take away what is on record of a sign-off. Refused
where they name the DAG, as is every route that stands in none of these lists."""

ELSEWHERE = ("/auth", "/execution", "/static", "/ui/auth")
"""Parts of the server that write no such thing: log-in and users, the tasks' own API (which takes tasks' tokens
alone, and whose values are held against the signature by whoever reads them)."""


@dataclass(frozen=True)
class Named:
    """Which route a request is for.

    Attributes:
        method: of the request.
        template: the route's path, with names in place of values.
        values: the values by name.
    """

    method: str
    template: str
    values: dict[str, Any]

    @property
    def route(self) -> tuple[str, str]:
        """As it stands in the lists above."""
        return self.method, self.template

    @property
    def passes(self) -> bool:
        """Whether nothing that it may write matters here, whatever it names."""
        return self.route in PASSING or any(self.template.startswith(f"{part}/") for part in ELSEWHERE)


def named(scope: Scope) -> Named | None:
    """The route that the app will take for a request that may write; None for others, and where there is none.

    Args:
        scope: of the request, as the app gets it.
    """
    if scope["type"] != "http" or scope["method"] in READING:
        return None
    return _named(scope["app"].routes, dict(scope), "")


def writing(routes: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """Every route of an app that may write, as method and template; a mounted part that tells no routes as `*`.

    Args:
        routes: of the app.
        before: the path under which it is mounted.
    """
    for route in routes:
        path = before + getattr(route, "path", "")
        if getattr(route, "methods", None):
            yield from ((method, path) for method in route.methods if method not in READING)
        else:
            inner = getattr(route, "routes", None) or ()
            if not inner:
                yield "*", f"{path}/*"
            yield from writing(inner, path)


def _named(routes: Any, scope: dict[str, Any], before: str) -> Named | None:
    from starlette.routing import Match

    for route in routes:
        match, more = route.matches(scope)
        if match is not Match.FULL:
            continue
        path = before + getattr(route, "path", "")
        if getattr(route, "methods", None):
            return Named(scope["method"], path, dict(more.get("path_params", {})))
        inner = _named(getattr(route, "routes", None) or (), scope | more, path)
        parts = {str(place): part for place, part in enumerate(scope["path"].split("/"))}
        return inner or Named(scope["method"], f"{path}/*", parts)
    return None


def refusal(found: Named, query: dict[str, list[str]], body: bytes) -> str | None:
    """Why a request that may write is refused, for whoever made it; None when it may pass.

    Args:
        found: its route.
        query: what stands behind the path.
        body: of the request.
    """
    if found.passes or found.route == ANSWER or not _names_the_dag(found, query, body):
        return None
    if found.route in NOTES and _is_a_note(query, body):
        return None
    return (
        f"{found.method} {found.template} writes about {DAG}, and is refused to everyone: what its tasks hand on, "
        f"keep and reach "
        "is their own, since a release hangs on it. A run may be triggered, cleared, paused and noted on, and a "
        "request for a "
        "sign-off answered (Required Actions)."
    )


def _names_the_dag(found: Named, query: dict[str, list[str]], body: bytes) -> bool:
    """Whether a request is about the DAG: by its path, its query, or anything in its body."""
    in_path = [str(value) for value in found.values.values()]
    if any(_same(value) for value in in_path) or any(_same(value) for values in query.values() for value in values):
        return True
    if "~" in in_path and found.route not in REFUSED:
        return True  # any DAG, on a route that nobody has judged yet: it may need no body to say which
    try:
        return any(_same(text) for text in _texts(json.loads(body) if body else None))
    except ValueError:
        return False  # the app cannot read it either
    except RecursionError:
        return True


def _is_a_note(query: dict[str, list[str]], body: bytes) -> bool:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return False
    masked = [name for value in query.get("update_mask", []) for name in value.split(",")]
    return isinstance(said, dict) and set(said) == {"note"} and set(masked) <= {"note"}


def _same(text: str) -> bool:
    return text.strip().casefold() == DAG


def _texts(said: Any) -> Iterator[str]:
    """Every text in a JSON document, names too."""
    open_ones = [said]
    while open_ones:
        one = open_ones.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            yield from one
            open_ones += one.values()
        elif isinstance(one, list):
            open_ones += one
