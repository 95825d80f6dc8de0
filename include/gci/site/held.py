"""What must hold of the pages of an edition or of partner data, asked of the HTML on disk. The gate `pages` asks it.

Each page is parsed once and put to every question. A question gives the places that break it; what is asked and when it
holds stands in expectations/pages.yml.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

from gci.core.database.warehouse_file import reading
from gci.site.asked import Asked, Fault
from gci.site.downloads import downloads
from gci.site.held_figures import of_figures
from gci.site.held_shape import of_shape
from gci.site.paper import PAPER, Paper, read_paper
from gci.site.partner_content import read_line
from gci.site.read_back import OF_DATA, PARSER, Cells
from gci.site.write import ASSETS, due
from gci.texts import translated, translator

POLICY = (
    "default-src 'none'; style-src 'self' file:; script-src 'self' file:; img-src 'self' file: data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'"
)
"""What a page may load: the site's own style and script, and what lies beside it on newer vintages. `file:` is for
reading from a folder."""

LONGEST_WORD = 45
"""Letters without a place to break; more would push a narrow page aside. Chinese breaks anywhere."""

_LINKS: Any = etree.XPath("//@href | //@src")
_ATTRIBUTES: Any = etree.XPath("//@style | //@*[starts-with(name(), 'on')]")
_IDS: Any = etree.XPath("//@id")
_LOADED: Any = etree.XPath("//script | //style | //iframe | //object | //embed | //form | //base")
_ELSEWHERE: Any = etree.XPath("//*[@translate='no' or (@lang='en' and not(self::html))]")
_CELLS: Any = etree.XPath(
    "//td[contains(concat(' ', @class, ' '), ' n ')][translate(., '0123456789٠١٢٣٤٥٦٧٨٩', '') != string(.)]"
)
_KEY = re.compile(r"\{[{%]|%\(\w+\)|(?<![\w./@-])[a-z]+(?:_[a-z0-9]+)+(?![\w./@-])")
_DECIMAL = re.compile(r"(?<![\w.,/–-])[+-]?\d+[.,٫]\d+(?![\w.,])")
_UNBROKEN = re.compile(rf"[^\s\-–/\u2e80-\u9fff\uff00-\uffef]{{{LONGEST_WORD + 1},}}")
_PAGE = re.compile(rb"/Type\s*/Page\b")
_PAGES = 2
"""Pages of a profile."""
_SQUARE = 3
"""Letters that a square of the map has room for."""


def faults(
    folder: Path, database: Path, edition: str, beside: Path, share: int = 0, shares: int = 1
) -> Iterator[Fault]:
    """Everything that is wrong with the pages of a line of releases, or with a share of them.

    Args:
        folder: the pages, as `gci.site.stage` writes them.
        database: the file that they have to tell of.
        edition: the edition, or `partners`.
        beside: the folder of the candidate, whose other files go out with the pages.
        share: which share; the first one has what is not about single pages, too.
        shares: in how many shares the pages are read.

    Raises:
        Blocked: a log of unfinished writes lies beside the file.
        duckdb.Error: the file has not the tables of a warehouse.
    """
    there = frozenset(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())
    paper = read_paper(folder)
    if paper is None:
        if share:
            return
        yield Fault("pages_are_the_due_ones", PAPER, "", "no pages, or no paper of theirs that can be read", "pages")
        return
    content = read_line(database, edition)
    expected = dict(due(content, paper.languages, paper.profiles)) | {PAPER: None}
    if not share:
        yield from _files(folder, expected.keys(), there)
        yield from _profiles(folder, expected)
        yield from of_paper(paper)
    promised = frozenset(one.name for one in downloads(content)) | {
        path.relative_to(beside).as_posix() for path in (beside / "audit").glob("*")
    }
    with reading(database) as connection:
        cells = Cells(connection)
        for name, page in list(expected.items())[share::shares]:
            if page is None or name not in there or not name.endswith(".html"):
                continue
            document = etree.fromstring((folder / name).read_bytes(), PARSER)
            language = name.partition("/")[0]
            asked = Asked(content, page, name, language, paper.languages, document, there | promised, _keys(language))
            yield from _figures(asked, cells)
            for question in _QUESTIONS:
                yield from question(asked)
            yield from _texts(asked)


def faults_of_share(folder: Path, database: Path, edition: str, beside: Path, share: int, shares: int) -> list[Fault]:
    """`faults`, all of them: called in a process beside others."""
    return list(faults(folder, database, edition, beside, share, shares))


def _files(folder: Path, names: Iterable[str], there: frozenset[str]) -> Iterator[Fault]:
    expected = set(names)
    for name in sorted(expected - there):
        yield Fault("pages_are_the_due_ones", name, "", "is not there", "a file")
    for name in sorted(there - expected):
        yield Fault("pages_are_the_due_ones", name, "", "a file", "none: nothing of this edition is told there")
    for asset in sorted(ASSETS.iterdir()):
        name = f"assets/{asset.name}"
        if name in there and (folder / name).read_bytes() != asset.read_bytes():
            yield Fault("pages_are_the_due_ones", name, "", "other bytes", "the program's own")


def _profiles(folder: Path, names: Iterable[str]) -> Iterator[Fault]:
    for name in names:
        if name.endswith(".pdf") and (folder / name).is_file():
            count = len(_PAGE.findall((folder / name).read_bytes()))
            if count != _PAGES:
                yield Fault("profiles_have_two_pages", name, "", f"{count} pages", f"{_PAGES} pages")


def of_paper(paper: Paper) -> Iterator[Fault]:
    """What an official release lacks of the six languages, as the paper of its pages tells."""
    if not paper.official:
        return
    for language in paper.lacking():
        yield Fault("official_pages_are_in_six_languages", PAPER, language, "no pages", "pages: it is official")
    for language in paper.lacking_profiles():
        why = paper.left_out.get(language)
        found = f"left out for want of the fonts {', '.join(why)}" if why else "no profiles"
        yield Fault("official_profiles_are_in_six_languages", PAPER, language, found, "profiles: it is official")


def _figures(asked: Asked, cells: Cells) -> Iterator[Fault]:
    blank = {iso3 for iso3 in asked.content.states if asked.content.without_data(iso3)}
    for cell, shown, expected in cells.figures(asked.document):
        if shown != expected:
            yield Fault("figures_are_those_of_the_file", asked.name, cell, str(shown), str(expected))
        where, _, key = cell.partition(":")
        table, _, column = where.partition(".")
        if column in OF_DATA.get(table, ()):
            edition, iso3, *_ = [*key.split(","), ""]
            if edition == asked.content.name and iso3 in blank:
                yield Fault("missing_is_shown_as_missing", asked.name, cell, str(shown[1]), "–")


def _squares(asked: Asked) -> Iterator[Fault]:
    """The states of the map and of the table, where a page has all of them or those of a group."""
    content, page = asked.content, asked.page
    due_ones = set(content.states)
    if page.template == "group":
        due_ones = set(content.members[page.about["grouping"], page.about["group"]])
    elif page.template not in ("front", "node") or page.address.startswith("question"):
        return
    rows = [_state(link) for link in asked.document.xpath("//table[contains(@class, 'sortable')]/tbody/tr/th/a/@href")]
    yield from _same(asked, "table", rows, due_ones)
    if page.template != "node":
        squares = [_state(link) for link in asked.document.xpath("//svg[contains(@class, 'tiles')]/a/@href")]
        yield from _same(asked, "map", squares, set(content.states))


def _same(asked: Asked, place: str, found: list[str], expected: set[str]) -> Iterator[Fault]:
    for iso3 in sorted(expected.difference(found)):
        yield Fault("every_state_is_there", asked.name, place, f"no {iso3}", iso3)
    for iso3 in sorted({one for one in found if one not in expected or found.count(one) > 1}):
        yield Fault("every_state_is_there", asked.name, place, iso3, "each state of the edition once")


def _links(asked: Asked) -> Iterator[Fault]:
    home = posixpath.dirname(asked.name)
    for found in _LINKS(asked.document):
        address, element = str(found), found.getparent()
        target, _, mark = address.partition("#")
        if element.get("rel") == "latest-version":  # beside the releases (gci.storage.ways_in), in none of them
            newest = f"{'../' * (asked.name.count('/') + 2)}latest/{asked.content.name}/{asked.name}"
            if address != newest:
                yield Fault("links_lead_somewhere", asked.name, str(element.tag), address, newest)
        elif not target:
            if mark not in _IDS(asked.document):
                yield Fault("links_lead_somewhere", asked.name, str(element.tag), address, "a place on the page")
        elif ":" in target or target.startswith("//"):
            evidence = element.tag == "a" and element.get("rel") == "nofollow noreferrer"
            if not (evidence and target.startswith(("http://", "https://"))):
                what = "nothing but its own files, and evidence behind a link"
                yield Fault("nothing_comes_from_elsewhere", asked.name, str(element.tag), address, what)
        elif posixpath.normpath(posixpath.join(home, target)) not in asked.files:
            yield Fault("links_lead_somewhere", asked.name, str(element.tag), address, "a file of the release")


def _closed(asked: Asked) -> Iterator[Fault]:
    check = "nothing_comes_from_elsewhere"
    policies = asked.document.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    if policies != [POLICY]:
        yield Fault(check, asked.name, "meta", "; ".join(policies) or "no policy", POLICY)
    for value in _ATTRIBUTES(asked.document):
        yield Fault(check, asked.name, "attribute", str(value), "no style and no script in the page")
    for script in _LOADED(asked.document):
        data = script.tag == "script" and script.get("type") == "application/ld+json"
        if not data and not (script.tag == "script" and script.get("src", "").endswith("assets/tables.js")):
            yield Fault(check, asked.name, str(script.tag), _near(script.text or ""), "no style and no script in it")


def _texts(asked: Asked) -> Iterator[Fault]:
    """What its texts break. The page is taken apart for it: what is no text, what is in no language of its, figures."""
    document, page = asked.document, asked.name
    for text in document.xpath("//svg//text/text()"):
        if len(text.strip()) > _SQUARE:
            yield Fault("no_text_overflows", page, "svg", text.strip(), f"{_SQUARE} letters at most")
    etree.strip_elements(document, "script", "style", "code", "svg", with_tail=False)
    for word in _UNBROKEN.findall("\n".join(document.itertext())):
        expected = f"words of at most {LONGEST_WORD} letters"
        yield Fault("no_text_overflows", page, "", f"{word[:LONGEST_WORD]}…", expected)
    for element in _ELSEWHERE(document):
        element[:] = []
        element.text = None
    etree.strip_elements(document, "data", with_tail=False)
    texts = list(document.itertext())
    said = "\n".join(texts)
    for key in _KEY.findall(said):
        yield Fault("every_text_is_translated", page, "", key, "words")
    for left in asked.keys.intersection(map(str.strip, texts)):
        yield Fault("every_text_is_translated", page, "", left, "its translation")
    for number in _DECIMAL.findall(said):
        yield Fault("no_figure_is_unmarked", page, "", number, "a figure with its cell")
    for cell in _CELLS(document):
        yield Fault("no_figure_is_unmarked", page, "td", _near("".join(cell.itertext())), "a figure with its cell")


_QUESTIONS: tuple[Callable[[Asked], Iterator[Fault]], ...] = (_squares, _links, _closed, of_figures, of_shape)


@cache
def _keys(language: str) -> frozenset[str]:
    """The English texts of a language's catalogue that read otherwise in it: none of them stands on its pages."""
    say = translator(language)
    return frozenset(key for key in translated(language) if say.said(key) != key)


def _state(address: str) -> str:
    return address.split("/")[-2] if address.count("/") > 1 else address


def _near(text: str) -> str:
    return " ".join(text.split())[:80]
