"""Writes the pages of one edition in every language asked for, as they lie in a release."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from gci.core.disclaimer import SYNTHETIC
from gci.reference.labels import LANGUAGE_NAMES, PILLARS
from gci.site.content import Content
from gci.site.downloads import downloads
from gci.site.errata import errata_feed
from gci.site.figures import Figures
from gci.site.linked_data import schema_org
from gci.site.names import Names
from gci.site.pages import Page, group_address, pages
from gci.site.partner_content import read_line
from gci.site.texts import day, direction, number
from gci.site.tile_grid import band, squares
from gci.site.untranslated import Told, plain, told
from gci.site.world_map import cleared_by, other_land, places
from gci.storage.ways_in import WAYS
from gci.texts import templates

ASSETS = Path(__file__).with_name("assets")


def write(
    content: Content,
    home: Path,
    languages: Sequence[str],
    profiles: Sequence[str] = (),
    share: int = 0,
    shares: int = 1,
) -> list[Path]:
    """Write the pages of an edition, or a share of them.

    Args:
        content: the edition.
        home: where to: <home>/<language>/… and <home>/assets/.
        languages: codes of languages, of `gci.reference.labels.LANGUAGES`.
        profiles: those in which a profile on paper lies at <language>/profile/<state>.pdf.
        share: which share.
        shares: in how many shares they are written.

    Returns:
        What was written besides the assets, in the order of writing.

    Raises:
        OSError: the disk refuses.
    """
    if not share:
        shutil.copytree(ASSETS, home / "assets", dirs_exist_ok=True, copy_function=shutil.copyfile)
    own = [(one, page) for one in languages for page in pages(content)][share::shares]
    return [
        path
        for language in languages
        for path in _language(
            content, language, languages, profiles, home, [page for one, page in own if one == language]
        )
    ]


def write_share(
    database: Path, home: Path, edition: str, languages: Sequence[str], profiles: Sequence[str], share: int, shares: int
) -> None:
    """`write` a share of what a file tells of an edition: called in a process beside others."""
    write(read_line(database, edition), home, languages, profiles, share, shares)


def due(content: Content, languages: Sequence[str], profiles: Sequence[str] = ()) -> Iterator[tuple[str, Page | None]]:
    """Every file that the pages of an edition consist of, by its path below them, each page with what it is."""
    for path in sorted(ASSETS.iterdir()):
        yield f"assets/{path.name}", None
    for language in languages:
        for page in pages(content):
            yield PurePosixPath(language, page.address, page.file).as_posix(), page
    for language in profiles:
        for iso3 in content.states:
            yield f"{language}/profile/{iso3}.pdf", None


@cache  # templates are compiled once, however many editions are told of
def environment_of(language: str) -> Environment:
    """What templates of a language are rendered with."""
    environment = templates.environment("gci.site", Told(language))
    environment.filters["day"] = lambda value: day(value, language)
    environment.globals["errata_feed"] = errata_feed
    environment.globals["count"] = lambda value: number(value, 0, language)
    return environment


def _language(
    content: Content,
    language: str,
    languages: Sequence[str],
    profiles: Sequence[str],
    home: Path,
    own: Sequence[Page],
) -> Iterator[Path]:
    environment = environment_of(language)
    names = Names(content, Told(language))
    shared = _shared(content, names, languages, profiles)
    for page in own:
        path = home / language / page.address / page.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_text(environment, page, shared), "utf-8")
        yield path


def _text(environment: Environment, page: Page, shared: dict[str, Any]) -> str:
    feed = page.template.endswith(".atom")
    template = environment.get_template(f"{page.template}.jinja" if feed else f"{page.template}.html.jinja")
    made = template.render(shared | _ways(page, shared["language"], shared["content"].name) | page.about)
    return plain(made) if feed else told(made)


def _shared(content: Content, names: Names, languages: Sequence[str], profiles: Sequence[str]) -> dict[str, Any]:
    """What every page of a language is told."""
    language = names.language
    figures = Figures(content, language)
    return {
        "content": content,
        "title": names.title(),
        "figure": figures.figure,
        "cell": figures.cell,
        "rows_of": figures.rows_of,
        "mark": figures.mark,
        "cuts": [figures.mark(row, "tiers", "minimum") for row in content.tiers.values()],
        "names": names,
        "group_address": group_address,
        "language": language,
        "languages": languages,
        "language_names": LANGUAGE_NAMES,
        "direction": direction(language),
        "pillars": PILLARS,
        "squares": squares(),
        "places": places(),
        "other_land": other_land(),
        "cleared_by": cleared_by(),
        "band": band,
        "disclaimer": SYNTHETIC,
        "downloads": list(downloads(content)),
        "json_ld": lambda: schema_org(content, languages),
        "has_profiles": language in profiles,
    }


def _ways(page: Page, language: str, line: str) -> dict[str, Any]:
    """The ways that lead from a page to others."""
    up = "../" * (len(PurePosixPath(page.address).parts) + 1)

    def link(address: str = "", to: str = language) -> str:
        """To another page of the same vintage."""
        return up + "/".join(part for part in (to, address, "index.html") if part)

    beside: Callable[[str], str] = lambda name: up + name  # noqa: E731  (to a file of the release)
    root = f"{up}../../"
    return {
        "page": page,
        "link": link,
        "asset": lambda name: f"{up}assets/{name}",
        "beside": beside,
        "told": f"{root}latest.json",
        "newest": f"{root}{WAYS}/{line}/{PurePosixPath(language, page.address, page.file)}",
        "which": Markup("<bdi></bdi>"),
    }
