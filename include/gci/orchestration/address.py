"""Where the project's pages are, for links to them."""

from __future__ import annotations

PREFIX = "/gci"
"""Where the pages are mounted, below the api-server's root."""


def pages_address() -> str:
    """The address of the pages: whole where Airflow knows its own (`[api] base_url`), else from the server's root."""
    from airflow.configuration import conf

    return f"{conf.get('api', 'base_url', fallback='').rstrip('/')}{PREFIX}"
