"""The report of the audit on paper: the page itself, word for word, its pictures as they are, set by Typst.

Nothing is said here that the page does not say: its tree is handed on, element by element, and `report.typ` says how
each looks on paper. Only Typst's own fonts are used, so that the bytes are the same on every machine.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree, html

from gci.core.typesetting import pdf

_TEMPLATES = Path(__file__).with_name("templates")
_TALLEST = 1.3
"""A picture that is this many times as high as it is wide takes several pages."""
_LOOKS = ("fill", "stroke", "font-size", "font-weight")
_FONT = "text { font-family: 'Libertinus Serif'; }"
_HOLDERS = ("main", "div", "figure", "table", "thead", "tbody", "tr", "nav", "ol", "details")
"""Elements that hold blocks: blanks between these are none."""
_DROPPED = ("style", "script", "title", "meta")

Node = list[Any]
"""Tag, attributes, and children: nodes and texts."""


def report_pdf(page: str, edition: str) -> bytes:
    """The report as PDF.

    Args:
        page: the report (gci.audit.report).
        edition: the edition; the file is dated with the first day of its year.

    Raises:
        Blocked: Typst refuses the page.
    """
    document = html.document_fromstring(page)
    title = document.findtext("head/title")
    told = {"title": title, "edition": edition, "nodes": _node(document.find("body/main"))[2]}
    when = datetime(int(edition), 1, 1, tzinfo=UTC)
    return pdf(_TEMPLATES / "report.typ", told, when, f"The report of the audit of {edition} as PDF", own_fonts=True)


def _node(element: Any) -> Node:
    """An element of the page with everything in it; pictures as SVG texts that stand alone."""
    children: list[Any] = [_text(element.text)]
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _DROPPED:
            children += _pictures(child) if child.tag == "svg" else [_node(child)]
        children.append(_text(child.tail))
    attributes = {name: element.get(name) for name in ("class", "id", "href") if element.get(name)}
    if element.tag in _HOLDERS:
        children = [one for one in children if not isinstance(one, str) or one.strip()]
    elif children and element.tag in ("p", "td", "figcaption"):
        children[0] = children[0].lstrip()
    return [element.tag, attributes, [one for one in children if one]]


def _text(text: str | None) -> str:
    """A text of the page with its blanks as a browser shows them."""
    return re.sub(r"[ \n\r\t]+", " ", text or "")


def _pictures(picture: Any) -> list[Node]:
    """A picture that stands alone, in the page's colours by daylight; in parts where it is higher than a page."""
    left, top, width, height = (float(one) for one in picture.get("viewbox", picture.get("viewBox")).split())
    parts = max(1, -(-height // (width * _TALLEST))) if height > width * _TALLEST else 1
    alone = etree.fromstring(etree.tostring(picture, with_tail=False))
    if "viewbox" in alone.attrib:  # readers of HTML write names of attributes in small letters
        del alone.attrib["viewbox"]
    alone.set("xmlns", "http://www.w3.org/2000/svg")
    style = etree.SubElement(alone, "style")
    style.text = _style()
    alone.insert(0, style)
    found = []
    for part in range(int(parts)):
        high = height / parts
        alone.set("viewBox", f"{left:g} {top + part * high:g} {width:g} {high:g}")
        alone.set("width", f"{width:g}")
        alone.set("height", f"{high:g}")
        said = picture.get("aria-label") or ""
        numbered = f"{said}, part {part + 1} of {int(parts)}" if parts > 1 else said
        looks = {"class": picture.get("class", ""), "alt": numbered}
        found.append(["svg", looks, [etree.tostring(alone, encoding="unicode")]])
    return found


@cache
def _style() -> str:
    """What the page's own style says of pictures, with colours in place of their names."""
    css = (_TEMPLATES / "report.css").read_text(encoding="utf-8")
    colours = dict(re.findall(r"(--[\w-]+): (#\w+)", css.partition("@media")[0]))
    rules = []
    for selector, said in re.findall(r"([.\w][^{}@;]*)\{([^{}]*)\}", css.partition("@media (max")[0]):
        looks = "; ".join(one.strip() for one in said.split(";") if one.strip().startswith(_LOOKS))
        if looks:
            rules.append(f"{selector.strip()} {{ {looks}; }}")
    resolved = re.sub(r"var\((--[\w-]+)\)", lambda found: colours[found.group(1)], "\n".join(rules))
    return f"{_FONT}\n{resolved}"
