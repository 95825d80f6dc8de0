"""Do figures and pictures stand with what they are of? A figure may be its cell's, and the row another state's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from gci.site.asked import Asked, Fault
from gci.site.content import Row
from gci.site.read_back import KEYS
from gci.site.tile_grid import band

_WITH, _DRAWN = "figures_stand_with_what_they_are_of", "pictures_are_those_of_the_file"
_ROWS: Any = etree.XPath("//tbody/tr")
_LINKS: Any = etree.XPath("//a[not(@hreflang) and not(@rel)]")
_CELLS: Any = etree.XPath("./td[contains(concat(' ', @class, ' '), ' n ')]")
_BAR = 200
"""Width of a bar, in its own units."""


def of_figures(asked: Asked) -> Iterator[Fault]:
    """Figures, links and pictures of a page that stand with something else."""
    if asked.content.of_partners:
        return
    yield from _links(asked)
    owner = asked.page.about.get("iso3")
    for row in _ROWS(asked.document):
        yield from _row(asked, row, _state_of(row) or owner)
    yield from _maps(asked)


def _links(asked: Asked) -> Iterator[Fault]:
    """A link that is called other than what it leads to."""
    for link in _LINKS(asked.document):
        kind, code = _led_to(link)
        if not _known(asked, kind, code):
            continue
        name = asked.names.state(code) if kind == "state" else asked.names.node(code)
        told = link.get("aria-label") or "".join(map(str, link.itertext()))
        if told.strip() not in (name.strip(), f"{name} ({code})"):
            yield Fault(_WITH, asked.name, f"{kind}/{code}", told.strip()[:80], name)


def _known(asked: Asked, kind: str, code: str) -> bool:
    return (kind == "state" and code in asked.content.states) or (
        kind in ("indicator", "question") and code in asked.content.nodes
    )


def _row(asked: Asked, row: Any, owner: str | None) -> Iterator[Fault]:
    """The figures of a row of a table: of whom, of what, how its bar is drawn, and whether one is left out."""
    shown = [_cell(data) for data in row.iter("data")]
    for where, key in shown:
        about = dict(zip(KEYS.get(where.partition(".")[0], ()), key, strict=False))
        if owner and about.get("iso3", owner) != owner:
            yield Fault(_WITH, asked.name, where, about["iso3"], owner)
        if asked.page.template == "state" and where in ("pillar_scores.score", "indicator_scores.points"):
            node = about.get("pillar") or about.get("indicator") or ""
            name = asked.names.node(node) if node in asked.content.nodes else ""
            if name not in "".join(map(str, row.findtext("th/a") or row.findtext("th") or "")):
                yield Fault(_WITH, asked.name, where, node, "the row of its name")
    for place in _CELLS(row):
        text = "".join(map(str, place.itertext())).strip()
        blank = owner is not None and owner in asked.content.states and asked.content.without_data(owner)
        if place.find(".//data") is None and not blank and text in ("", "–"):
            yield Fault("missing_is_shown_as_missing", asked.name, "td", text or "nothing", "a figure, or its missing")
    bars = row.xpath(".//svg[contains(@class, 'bar')]")
    if bars:
        yield from _bar(asked, bars[0], [_cell(data) for data in row.iter("data")], row)


def _bar(asked: Asked, bar: Any, shown: list[tuple[str, list[str]]], row: Any) -> Iterator[Fault]:
    """A bar is as long as the figures beside it say."""
    own, marks, full = None, [], 20.0
    for data, (where, key) in zip(row.iter("data"), shown, strict=True):
        value = _number(data.get("value"))
        if where in ("pillar_scores.score", "indicator_scores.points") and key[-1] in asked.content.nodes:
            own, full = value, float(asked.content.nodes[key[-1]]["weight"])
        elif where == "group_scores.mean" and value is not None:
            marks.append(value)
    expected = [f"{round(_BAR * own / full, 2)}"] if own is not None else []
    expected += [f"{min(round(_BAR * mark / full, 2), _BAR - 2)}" for mark in marks]
    drawn = [one.get("width") for one in bar.xpath("./rect[@class='filled']")]
    drawn += [one.get("x") for one in bar.xpath("./rect[@class='region' or @class='all']")]
    if drawn != expected:
        yield Fault(_DRAWN, asked.name, "bar", " ".join(map(str, drawn)) or "nothing", " ".join(expected) or "nothing")


def _maps(asked: Asked) -> Iterator[Fault]:
    """Squares, shapes and points of the maps: their colour is that of the tier or the band, their name the state's."""
    content, about = asked.content, asked.page.about
    only = content.members.get((about["grouping"], about["group"])) if "group" in about else None
    for link in asked.document.xpath("//svg[contains(@class, 'tiles')]/a"):
        _, iso3 = _led_to(link)
        if iso3 not in content.states:
            continue  # every_state_is_there says so
        step = _step(asked, content.states[iso3])
        inside = only is None or iso3 in only
        due = (f"step{step}" if inside else "outside") if step else "none"
        yield from _same(asked, iso3, next(iter(link.xpath("./rect/@class")), None), due)
        yield from _same(asked, iso3, link.findtext("text") or "", iso3)
        yield from _same(asked, iso3, link.findtext("title") or "", asked.names.state(iso3))
    named = {asked.names.state(iso3): row for iso3, row in content.states.items()}
    for shape in asked.document.xpath("//svg[contains(@class, 'world')]/*[title]"):
        name = shape.findtext("title")
        step = _step(asked, named[name]) if name in named else None
        yield from _same(asked, name, shape.get("class"), f"step{step}" if step else "none")


def _same(asked: Asked, place: str, found: str | None, due: str) -> Iterator[Fault]:
    if (found or "") != due:
        yield Fault(_DRAWN, asked.name, place, found or "nothing", due)


def _step(asked: Asked, row: Row) -> int | None:
    if asked.content.without_data(row["iso3"]):
        return None
    return row["tier"] if asked.content.tiered else band(row["score"])


def _state_of(row: Any) -> str | None:
    """The state whose row it is, where its head leads to one."""
    kind, code = _led_to(row.find("th/a"))
    return code if kind == "state" else None


def _led_to(link: Any) -> tuple[str, str]:
    """Kind and code of what a link leads to; nothing of a link that is not there, or leads to another file."""
    parts: list[str] = [] if link is None else str(link.get("href", "")).split("/")
    return (parts[-3], parts[-2]) if len(parts) > 2 and parts[-1] == "index.html" else ("", "")


def _number(value: str | None) -> float | None:
    """What a figure says to programs; nothing where that is no number (figures_are_those_of_the_file says so)."""
    try:
        return float(value or "")
    except ValueError:
        return None


def _cell(data: Any) -> tuple[str, list[str]]:
    where, _, key = (data.get("data-cell") or "").partition(":")
    return where, key.split(",")
