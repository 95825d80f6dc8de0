"""Which pages a release has: their addresses below the site, what template makes each, and what about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from gci.site.content import Content

LEVELS = ("indicator", "question")


@dataclass(frozen=True)
class Page:
    """One page in one language.

    Attributes:
        address: its folder below <edition>/v<vintage>/<language>/, without slashes around; empty for the front page.
        template: the template's name, without its suffix.
        file: its file in that folder.
        about: what the template is told besides the edition.
    """

    address: str
    template: str
    file: str = "index.html"
    about: dict[str, Any] = field(default_factory=dict)


def pages(content: Content) -> Iterator[Page]:
    """All pages of an edition or of partner data, the front page first; the same in every language."""
    if content.of_partners:
        yield Page("", "partners")
        for name in ("downloads", "verify"):
            yield Page(name, name)
        return
    yield Page("", "front")
    for iso3 in content.states:
        yield Page(f"state/{iso3}", "state", about={"iso3": iso3})
    for grouping, group in content.members:
        yield Page(group_address(grouping, group), "group", about={"grouping": grouping, "group": group})
    for level in LEVELS:
        for node in content.level(level):
            yield Page(f"{level}/{node['node']}", "node", about={"node": node})
    yield Page("activities", "activities")
    for activity in content.activities:
        yield Page(f"activity/{activity['activity']}", "activity", about={"activity": activity})
    for name in ("method", "quality", "audit", "errata", "calendar", "downloads", "verify"):
        yield Page(name, name)
    yield Page("errata", "errata.atom", "feed.xml")


def group_address(grouping: str, group: str) -> str:
    """Where the page of a group is."""
    return f"group/{grouping}-{group}"
