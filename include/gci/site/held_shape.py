"""Is a page made of what pages are made of, in its language, and does it tell machines what it tells people?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from lxml import etree

from gci.site.asked import Asked, Fault
from gci.site.linked_data import schema_org
from gci.site.texts import direction

_ELEMENTS = """
a article bdi body br caption circle code data dd details div dl dt em footer h1 h2 h3 head header html label li line
link main meta nav ol option p path rect script select span strong summary svg table tbody td text th thead title tr ul
"""
_ATTRIBUTES = """
aria-current aria-label charset class colspan content cx cy d data-cell data-cx data-digits data-edition data-groups
data-told data-vintage data-x1 data-x2 defer dir fill height hidden href hreflang http-equiv id lang name
preserveaspectratio r rel role rx scope src stroke stroke-dasharray stroke-width translate type value viewbox width
x x1 x2 xmlns y y1 y2
"""
ELEMENTS, ATTRIBUTES = frozenset(_ELEMENTS.split()), frozenset(_ATTRIBUTES.split())
"""What the templates are written in. None of it loads anything but `link` and `script`, or runs anything."""

_META = (("charset", "utf-8"), ("http-equiv", "Content-Security-Policy"), ("name", "viewport"))
_DECIMAL = re.compile(r"\d[.,٫]\d")
_TOLD: Any = etree.XPath("//@aria-label")
_DRAWN: Any = etree.XPath("//svg//text()")
_IDS: Any = etree.XPath("//@id")
_HIDDEN: Any = etree.XPath(
    "//*[@hidden][not(self::p and (contains(@class, 'newer') or @class='by-group'))]"
    " | //*[contains(concat(' ', @class, ' '), ' hidden ')][not(self::span and parent::th)]"
)
"""All that is hidden but the line on a newer vintage, the choice of groups that the script shows, heads of pictures."""
_LD: Any = etree.XPath("//script[@type='application/ld+json']")


def of_shape(asked: Asked) -> Iterator[Fault]:
    """What is wrong with the shape of a page."""
    document = asked.document
    yield from _made_of(asked)
    said = (document.get("lang"), document.get("dir"))
    due = (asked.language, direction(asked.language))
    if said != due:
        yield Fault("machines_are_told_the_same", asked.name, "html", f"{said}", f"{due}")
    told = [script.text or "" for script in _LD(document)]
    expected = [str(schema_org(asked.content, asked.languages))] if asked.page.template == "front" else []
    if told != expected:
        found = "; ".join(told)[:80] or "nothing"
        yield Fault("machines_are_told_the_same", asked.name, "application/ld+json", found, "what the file says")
    for element in _HIDDEN(document):
        found = " ".join("".join(map(str, element.itertext())).split())[:80]
        yield Fault("machines_are_told_the_same", asked.name, str(element.tag), found, "nothing that people do not see")
    for mark, count in Counter(map(str, _IDS(document))).items():
        if count > 1:
            yield Fault("links_lead_somewhere", asked.name, mark, f"{count} places", "one place of that name")
    for text in (*_TOLD(document), *_DRAWN(document)):
        if _DECIMAL.search(text):
            yield Fault("no_figure_is_unmarked", asked.name, "attribute", str(text)[:80], "a figure with its cell")


def _made_of(asked: Asked) -> Iterator[Fault]:
    check = "nothing_comes_from_elsewhere"
    for element in asked.document.iter(etree.Element):
        if element.tag not in ELEMENTS and element.tag not in ("iframe", "object", "embed", "form", "base", "style"):
            yield Fault(check, asked.name, str(element.tag), f"<{element.tag}>", "an element of the templates")
        for name in element.keys():  # noqa: SIM118  (of an element)
            if name not in ATTRIBUTES and name != "style" and not name.startswith("on"):
                yield Fault(check, asked.name, str(element.tag), name, "an attribute of the templates")
        if element.tag == "meta" and not any(element.get(name) == value for name, value in _META):
            found = element.get("name") or element.get("http-equiv") or "meta"
            yield Fault(check, asked.name, "meta", found, "letters, policy and width")
