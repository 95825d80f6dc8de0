"""`published/errata.html`: what was wrong or became another figure, over all editions and the partners, by class.

Made from the releases alone, as the feeds beside it are: what waits for its hour is no release, and stands in none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from html import escape
from pathlib import Path
from string import Template

from gci.core.lines import PARTNERS
from gci.storage.feeds import ALL, CLASSES, FOLDER, About, news
from gci.storage.release_log import Release

NAME = "errata.html"
_PAGE = Path(__file__).with_name("errata.html")
OTHER = "revision"
"""What a change is called that its release gives no class."""
_WHAT = {
    "error": "What was printed or answered was wrong.",
    "late return": "A state sent another return after the first vintage.",
    "method": "What an answer counts, or how it is added up, was decided otherwise.",
    "reference data": "A date, a group, a membership or a name was decided otherwise.",
    "partner data": "A partner sent other values. No score of an edition moves by them.",
    OTHER: "The release gives no class.",
}


def errata_page(there: Sequence[Release], linked: Collection[str] | None = None) -> str:
    """The page of these releases.

    Args:
        there: the releases, oldest first.
        linked: names of the releases (`2024@v1`) that lie beside the page: of no other is a link given, and none to the
            feeds; None where all do, and the feeds too.

    Returns:
        HTML in English that loads nothing: the releases, newest first, then by class what each revised. The same
        releases give the same text.

    Raises:
        OSError, ValueError: a release's own files cannot be read.
    """
    told, _ = news(there)
    beside = {f"{one.edition}/v{one.vintage}" for one in there if linked is None or one.name in linked}
    feeds = linked is None
    newest_first = [one for one in told[::-1] if one.kind is not None]
    classes = [*CLASSES, *([OTHER] if any(one.kind == OTHER for one in newest_first) else [])]
    return Template(_PAGE.read_text("utf-8")).substitute(
        as_of=escape(there[-1].document["published_at"][:10] if there else "–"),
        feeds=_feeds() if feeds else "",
        releases="\n".join(_release(one, beside) for one in reversed(there)),
        contents=" · ".join(f'<a href="#{_id(kind)}">{escape(kind)}</a>' for kind in classes),
        classes="\n".join(
            _class(kind, [one for one in newest_first if one.kind == kind], beside, feeds=feeds) for kind in classes
        ),
    )


def _feeds() -> str:
    return f'<p>As feeds (Atom): <a href="{ALL}">everything</a>; by class and by state beside each entry.</p>'


def _release(one: Release, beside: Collection[str]) -> str:
    papers, home = one.document, f"{one.edition}/v{one.vintage}"
    called = "Partner data" if one.edition == PARTNERS else f"GCI {one.edition}"
    marked = " (SYNTHETIC)" if papers.get("synthetic") else ""
    planned = (papers.get("planned_for") or "")[:16].replace("T", " ")
    cells = (
        f"{escape(called)}, vintage {one.vintage}{marked}",
        _moment(papers["published_at"]),
        planned and f"{escape(planned)} UTC",
        _link(f"{home}/notes.md", "notes", beside),
    )
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _class(kind: str, told: Iterable[About], beside: Collection[str], *, feeds: bool) -> str:
    entries = [_entry(one, beside, feeds=feeds) for one in told]
    feed = f"{FOLDER}/class/{kind.replace(' ', '-')}.xml"
    where = f' <a href="{feed}">feed</a>' if feeds and kind in CLASSES else ""
    listed = f"<ul>\n{chr(10).join(entries)}\n</ul>" if entries else "<p>None.</p>"
    head = f"<h2>{escape(kind.capitalize())}</h2>\n<p>{_WHAT[kind]}{where}</p>"
    return f'<section id="{_id(kind)}">{head}\n{listed}</section>'


def _entry(one: About, beside: Collection[str], *, feeds: bool) -> str:
    entry = one.entry
    links = [_link(entry.link, entry.link.rpartition("/")[2], beside)]
    if feeds and one.iso3:
        links.append(f'<a href="{FOLDER}/state/{escape(one.iso3)}.xml">feed of {escape(one.iso3)}</a>')
    return (
        f"<li><strong>{escape(entry.title)}</strong> <small>{_moment(entry.updated)}</small><br>"
        f"{escape(entry.summary)}<br><small>{' · '.join(filter(None, links))}</small></li>"
    )


def _link(path: str, called: str, beside: Collection[str]) -> str:
    home = "/".join(path.split("/")[:2])
    return f'<a href="{escape(path, quote=True)}">{escape(called)}</a>' if home in beside else ""


def _moment(text: str) -> str:
    return f"{escape(text[:16].replace('T', ' '))} UTC"


def _id(kind: str) -> str:
    return kind.replace(" ", "-")
