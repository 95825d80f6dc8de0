"""Atom feeds (RFC 4287): the one place that writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

AUTHOR = "International Telecommunication Union"
_NAMESPACE = "http://www.w3.org/2005/Atom"
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # what XML cannot hold


@dataclass(frozen=True)
class Entry:
    """One entry of a feed.

    Attributes:
        ident: its URI, for good.
        title: what it is about.
        updated: when it was last changed, as RFC 3339 text.
        summary: what there is to know, in English.
        link: where more of it stands, relative to the feed.
        terms: categories.
    """

    ident: str
    title: str
    updated: str
    summary: str
    link: str
    terms: tuple[str, ...] = ()


def feed(ident: str, title: str, updated: str, link: str, entries: Iterable[Entry], language: str = "en") -> str:
    """A feed as text.

    Args:
        ident: its URI, for good.
        title: what it is about, in `language`.
        updated: when anything in it last changed, as RFC 3339 text.
        link: the page that it belongs to, relative to the feed.
        entries: its entries, newest first.
        language: of the titles; summaries are English.
    """
    from lxml import etree

    root = etree.Element(f"{{{_NAMESPACE}}}feed", nsmap={None: _NAMESPACE})  # type: ignore[dict-item]  # None: the default namespace
    root.set("{http://www.w3.org/XML/1998/namespace}lang", language)

    def add(parent: etree._Element, name: str, text: str | None = None, **said: str) -> etree._Element:
        made = etree.SubElement(parent, f"{{{_NAMESPACE}}}{name}", attrib=said)
        made.text = None if text is None else _NO_TEXT.sub(" ", text)
        return made

    add(root, "title", title)
    add(root, "id", ident)
    add(add(root, "author"), "name", AUTHOR)
    add(root, "link", href=link)
    add(root, "updated", updated)
    for one in entries:
        entry = add(root, "entry")
        add(entry, "title", one.title)
        add(entry, "id", one.ident)
        add(entry, "link", href=one.link)
        add(entry, "updated", one.updated)
        for term in one.terms:
            add(entry, "category", term=term)
        add(entry, "summary", one.summary).set("{http://www.w3.org/XML/1998/namespace}lang", "en")
    text: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return text.decode("utf-8")
