"""The known errors of an edition as an Atom feed, beside the page of errata."""

from __future__ import annotations

from markupsafe import Markup

from gci.core.atom import Entry, feed
from gci.site.content import Content
from gci.site.names import Names


def errata_feed(content: Content, names: Names, called: str) -> Markup:
    """The feed.

    Args:
        content: the edition.
        names: names of states and dimensions in the language of the page.
        called: the word for errata in that language.
    """
    year = content.edition["reference_year"]
    entries = [
        Entry(
            ident=f"tag:gci,{year}:errata/{one['id']}",
            title=f"{names.state(one['iso3'])}: {names.dimension(one['dimension'])}",
            updated=f"{one['recorded_on']}T00:00:00Z",
            summary=str(one["what_is_wrong"]),
            link=f"index.html#{one['id']}",
        )
        for one in content.corrections
    ]
    known = content.edition["published_on"] or content.edition["collection_to"] or f"{year}-01-01"
    updated = max((one.updated for one in entries), default=f"{str(known)[:10]}T00:00:00Z")
    title = f"{names.title()} · {called}"
    text = feed(f"tag:gci,{year}:errata/{content.name}", title, updated, "index.html", entries, names.language)
    return Markup(text)  # noqa: S704  (lxml has escaped it)
