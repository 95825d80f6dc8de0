"""`published/errata.html`: what was wrong or became another figure, over all editions and the partners, by class.

Made from the releases alone, as the feeds beside it are: what waits for its hour is no release, and stands in none.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from typing import Any

from jinja2 import Template

from gci.core.lines import PARTNERS
from gci.storage.feeds import ALL, CLASSES, FOLDER, news
from gci.storage.release_log import Release
from gci.texts import translator
from gci.texts.templates import environment

NAME = "errata.html"
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
    homes = {_home(one) for one in there if linked is None or one.name in linked}
    feeds = linked is None
    newest_first = [one for one in told[::-1] if one.kind is not None]
    classes = [*CLASSES, *([OTHER] if any(one.kind == OTHER for one in newest_first) else [])]
    return _template().render(
        as_of=there[-1].document["published_at"][:10] if there else "–",
        feeds=feeds,
        all=ALL,
        folder=FOLDER,
        beside=lambda path: "/".join(path.split("/")[:2]) in homes,
        releases=[_release(one) for one in reversed(there)],
        classes=[
            (kind, _WHAT[kind], _feed(kind) if feeds else "", [one for one in newest_first if one.kind == kind])
            for kind in classes
        ],
    )


def _release(one: Release) -> dict[str, Any]:
    """What the table of releases says of one: called, published_at, planned_for (ISO 8601 or None), notes (a path)."""
    papers = one.document
    name = "Partner data" if one.edition == PARTNERS else f"GCI {one.edition}"
    return {
        "called": f"{name}, vintage {one.vintage}{' (SYNTHETIC)' if papers.get('synthetic') else ''}",
        "published_at": papers["published_at"],
        "planned_for": papers.get("planned_for"),
        "notes": f"{_home(one)}/notes.md",
    }


def _home(one: Release) -> str:
    return f"{one.edition}/v{one.vintage}"


def _feed(kind: str) -> str:
    """The feed of a class; a change without a class has none."""
    return f"{FOLDER}/class/{kind.replace(' ', '-')}.xml" if kind in CLASSES else ""


def _moment(text: str) -> str:
    return f"{text[:16].replace('T', ' ')} UTC"


@cache
def _template() -> Template:
    made = environment("gci.storage", translator("en"))
    made.filters["moment"] = _moment
    return made.get_template("errata.html.jinja")
