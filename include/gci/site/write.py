"""Writes the site of one file: every page in every language asked for, and the way to the newest vintage."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from gci.core import canonical_json
from gci.core.disclaimer import SYNTHETIC
from gci.reference.labels import LANGUAGE_NAMES, LANGUAGES, PILLARS
from gci.site.content import Content, read_content
from gci.site.errata import errata_feed
from gci.site.figures import Figures
from gci.site.names import Names
from gci.site.pages import Page, group_address, pages
from gci.site.read_back import Difference, read_back
from gci.site.texts import day, direction, number, translations
from gci.site.tile_grid import band, squares

_ASSETS = Path(__file__).with_name("assets")


@dataclass(frozen=True)
class Written:
    """What was written of one edition.

    Attributes:
        home: <out>/<edition>/v<vintage>.
        pages: the HTML files, in the order in which they were written; feeds are beside them.
        figures: how many figures of the pages were read back and held against the file.
        differences: those that are not what the file says.
    """

    home: Path
    pages: list[Path]
    figures: int
    differences: list[Difference]


def write_edition(
    database: Path, edition: str, out: Path, languages: Sequence[str] = ("en",), newer: int | None = None
) -> Written:
    """Write the pages of one edition, and read their figures back.

    Args:
        database: the file that is told of: a release's `gci.duckdb`, or a candidate.
        edition: the edition.
        out: the site's folder; <edition>/v<vintage>/ in it is replaced.
        languages: codes of languages, of `gci.reference.labels.LANGUAGES`.
        newer: the newest vintage of the edition, where this is an older one; the pages then say so.

    Raises:
        Blocked: a log of unfinished writes lies beside the file.
        OSError: the disk refuses.
    """
    content = read_content(database, edition)
    home = out / content.name / f"v{content.vintage}"
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(_ASSETS, home / "assets")
    every = [path for language in languages for path in _language(content, language, languages, home, newer)]
    written = [path for path in every if path.suffix == ".html"]
    figures, differences = read_back(out, written, database)
    return Written(home, written, figures, differences)


def write_ways_in(out: Path, latest: Iterable[Written], languages: Sequence[str] = ("en",)) -> None:
    """Write /latest/, which leads every address of the newest edition's pages to the newest vintage, and the root page.

    Args:
        out: the site's folder.
        latest: what was written of the newest vintage of each edition, oldest edition first.
        languages: those that were written.
    """
    editions = list(latest)
    environment = _environment(languages[0])
    shutil.rmtree(out / "latest", ignore_errors=True)
    for page in editions[-1].pages:
        stub = out / "latest" / page.relative_to(editions[-1].home)
        there = PurePosixPath(os.path.relpath(page, stub.parent)).as_posix()
        stub.parent.mkdir(parents=True, exist_ok=True)
        stub.write_text(environment.get_template("redirect.html.jinja").render(there=there), "utf-8")
    named = [(one.home.parent.name, one.home.relative_to(out).as_posix()) for one in reversed(editions)]
    root = environment.get_template("root.html.jinja")
    text = root.render(editions=named, languages=languages, language_names=LANGUAGE_NAMES)
    (out / "index.html").write_text(text, "utf-8")


def _language(
    content: Content, language: str, languages: Sequence[str], home: Path, newer: int | None
) -> Iterable[Path]:
    environment = _environment(language)
    environment.globals["figure"] = Figures(content, language).figure
    names = Names(content, language, translations(language).gettext)
    for page in pages(content):
        path = home / language / page.address / page.file
        path.parent.mkdir(parents=True, exist_ok=True)
        context = _context(content, names, languages, page, newer)
        path.write_text(environment.get_template(_template(page)).render(context), "utf-8")
        yield path


def _template(page: Page) -> str:
    return f"{page.template}.jinja" if page.template.endswith(".atom") else f"{page.template}.html.jinja"


def _context(content: Content, names: Names, languages: Sequence[str], page: Page, newer: int | None) -> dict[str, Any]:
    depth, language = len(PurePosixPath(page.address).parts), names.language

    def link(address: str = "", to: str = language) -> str:
        """The way from this page to another of the same vintage."""
        return "../" * (depth + 1) + "/".join(part for part in (to, address, "index.html") if part)

    def asset(name: str) -> str:
        return "../" * (depth + 1) + f"assets/{name}"

    return {
        "content": content,
        "names": names,
        "page": page,
        "link": link,
        "asset": asset,
        "group_address": group_address,
        "language": language,
        "languages": languages,
        "language_names": LANGUAGE_NAMES,
        "direction": direction(language),
        "pillars": PILLARS,
        "squares": squares(),
        "band": band,
        "disclaimer": SYNTHETIC,
        "json_ld": _dataset(content),
        "newer": newer,
        "newest_front": "../" * (depth + 2) + f"v{newer}/{language}/index.html",
        **page.about,
    }


def _environment(language: str) -> Environment:
    environment = Environment(
        loader=PackageLoader("gci.site"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    environment.filters["day"] = lambda value: day(value, language)
    environment.globals["errata_feed"] = errata_feed
    environment.globals["count"] = lambda value: number(value, 0, language)
    return environment


def _dataset(content: Content) -> Markup:
    """The edition as schema.org describes a dataset, for search engines."""
    about = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": content.edition["title_en"],
        "description": "Scores, pillars, indicators and answers of every member state, with the way each was made.",
        "version": f"{content.name}@v{content.vintage}",
        "temporalCoverage": str(content.edition["reference_year"]),
        "datePublished": content.edition["published_at"],
        "identifier": content.edition["content_digest"],
        "variableMeasured": ["score", "rank", "tier"],
        "inLanguage": list(LANGUAGES),
        "distribution": [
            {"@type": "DataDownload", "contentUrl": name, "sha256": one["sha256"]}
            for name, one in sorted(content.release.get("files", {}).items())
            if name == "gci.duckdb" or name.endswith(".xlsx")
        ],
    }
    return Markup(canonical_json.text(about).replace("<", "\\u003c"))  # noqa: S704  (no tag can begin in it)
