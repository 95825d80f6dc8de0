"""How every page is made: its template, its tabs, its one script, and what a browser may do with it."""

from __future__ import annotations

import base64
import hashlib
from http import HTTPStatus
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

TEMPLATES = Path(__file__).parent / "templates"
TABS = (
    ("Control room", "/"),
    ("State by state", "/status"),
    ("Candidates and releases", "/shelf"),
    ("Upload", "/upload"),
)
THEME = "gci_theme"
SCRIPT = f"\n{(TEMPLATES / 'frame.js').read_text(encoding='utf-8')}"
_OURS = f"'sha256-{base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()}'"
PLAIN = (
    f"default-src 'none'; script-src {_OURS}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "base-uri 'none'; form-action {forms}; frame-ancestors 'self'"
)
"""No script runs but the pages' own, which asks nobody for anything; `forms` is 'self' on a page that has one."""
_ENVIRONMENT = Environment(
    loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
)


def root(request: Request) -> str:
    """Where the pages are mounted, as a path from the server's root."""
    return str(request.scope.get("root_path", "")).rstrip("/")


def page(
    request: Request, template: str, status_code: int = HTTPStatus.OK, *, forms: bool = False, **shown: Any
) -> HTMLResponse:
    """A page in Airflow's look.

    Args:
        request: the request, for where the pages are mounted.
        template: its file below templates/.
        status_code: of the answer.
        forms: whether it may send a form to the pages.
        shown: what the template shows.
    """
    mounted = root(request)
    given = {"root": mounted, "server": mounted.removesuffix("/gci"), "script": SCRIPT, "tabs": TABS}
    said = _ENVIRONMENT.get_template(template).render(given | shown)
    said = themed(request, said)
    policy = PLAIN.format(forms="'self'" if forms else "'none'")
    return HTMLResponse(said, status_code, headers={"Content-Security-Policy": policy})


def themed(request: Request, shown: str) -> str:
    """A page in the theme that Airflow's UI has: the script has left its name in a cookie.

    Args:
        request: the request for it.
        shown: the page.
    """
    theme = request.cookies.get(THEME, "")
    if theme not in ("light", "dark"):
        return shown
    return shown.replace("<html", f'<html data-theme="{theme}" style="color-scheme: {theme}"', 1)
