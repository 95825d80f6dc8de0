"""Whether the parts of a server are at work, as Airflow's own health check says."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterable

from gci.orchestration.local_server.parts import Part

_PATIENCE = 5  # seconds for one answer


def unhealthy(address: str, parts: Iterable[Part]) -> list[str]:
    """The names of the parts that are not at work yet, or no more.

    Args:
        address: where the api-server is reached.
        parts: the parts to look at.
    """
    said = _ask(f"{address}/api/v2/monitor/health")
    return [part.name for part in parts if said.get(part.health, {}).get("status") != "healthy"]


def _ask(url: str) -> dict[str, dict[str, str]]:
    """What the health check says; nothing while nobody answers."""
    try:
        with urllib.request.urlopen(url, timeout=_PATIENCE) as answer:  # noqa: S310 (our own address)
            said = json.load(answer)
    except (OSError, ValueError, urllib.error.URLError):
        return {}
    return {name: about for name, about in said.items() if isinstance(about, dict)}
