"""The site of everything that is published: which vintages it tells of, in which languages."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from gci.core.errors import WrongUsage
from gci.core.lines import PARTNERS
from gci.core.paths import DataFolders
from gci.reference.labels import LANGUAGE_NAMES, LANGUAGES
from gci.site.languages import languages as asked_languages
from gci.site.paper import PAPER, read_paper
from gci.site.partner_content import read_line
from gci.site.read_back import Difference, read_back
from gci.site.write import environment_of, write
from gci.storage.errata import NAME as ERRATA
from gci.storage.errata import errata_page
from gci.storage.release_log import Release, find, releases
from gci.storage.ways_in import Vintage, ways
from gci.texts import untranslated


@dataclass(frozen=True)
class Told:
    """What came of it.

    Attributes:
        lines: for a person: what was written where, and what is not as it should be.
        differences: figures on pages that are not what the file says.
    """

    lines: list[str]
    differences: list[Difference]


@dataclass(frozen=True)
class Written:
    """What was written of one vintage.

    Attributes:
        home: <out>/<edition>/v<vintage>.
        languages: codes of the languages of its pages.
        pages: the HTML files, in the order of their names.
        figures: how many figures of the pages were read back and held against the file.
        differences: those that are not what the file says.
        signed: whether the pages are those that were signed with the release.
    """

    home: Path
    languages: list[str]
    pages: list[Path]
    figures: int
    differences: list[Difference]
    signed: bool


def site(
    named: Sequence[str], languages: Sequence[str], out: Path, folders: DataFolders, step: Callable[[str], None]
) -> Told:
    """Write the site.

    Args:
        named: editions or vintages, e.g. `2024` or `2024@v1`; none means all vintages of all
            editions and of partner data.
        languages: codes; none means those that the release was signed in.
        out: the site's folder; what it holds of these vintages is replaced.
        folders: what is published.
        step: is told what is being done.

    Raises:
        WrongUsage: nothing is published, an edition or language is not known, or `out` is a file.
    """
    if out.exists() and not out.is_dir():
        raise WrongUsage(f"{out} is a file. Name a folder for the site.")
    asked_languages(languages)
    every = releases(folders)
    wanted = [find(name, folders) for name in named] if named else every
    if not wanted:
        raise WrongUsage(
            f"Nothing is published in {folders.root}: there is nothing to make pages of. Call gci run first."
        )
    newest = {one.edition: max(each.vintage for each in every if each.edition == one.edition) for one in wanted}
    written = []
    for one in sorted(wanted, key=lambda each: (each.edition != PARTNERS, each.edition, each.vintage)):
        step(f"The pages of {one.name} are written.")
        newer = newest[one.edition] if one.vintage < newest[one.edition] else None
        written.append((one, write_release(one, out, languages, newer)))
    write_ways_in(out, [made for _, made in written])
    text = errata_page(releases(folders), [one.name for one, _ in written])
    (out / ERRATA).write_text(text, "utf-8")
    lines = [f"{one.name}: {_counted(made)}: {made.home}" for one, made in written]
    lines += [
        f"{code}: {len(missing)} texts are not translated and stand in English."
        for code in dict.fromkeys(code for _, made in written for code in made.languages)
        if (missing := untranslated(code))
    ]
    wrong = [each for _, made in written for each in made.differences]
    lines += [f"{each.page}: {each.cell} is shown as {each.shown}; the file says {each.expected}." for each in wrong]
    return Told(lines, wrong)


def write_release(release: Release, out: Path, languages: Sequence[str] = (), newer: int | None = None) -> Written:
    """Write a release to its address: its pages beside its other files, and read the figures back.

    The pages are those that were signed with it, to the byte, where they are in the languages asked for; else they are
    made anew of its file. On those of an older vintage stands in one line which one is newer; nobody could know that
    when they were signed.

    Args:
        release: the release.
        out: the site's folder; <edition>/v<vintage>/ in it is replaced.
        languages: codes of languages; none means those that the release has pages in, or those that are set.
        newer: the newest vintage of the edition, where this is an older one.

    Raises:
        Blocked: a log of unfinished writes lies beside the release's file.
        OSError: the disk refuses.
    """
    home = out / release.edition / f"v{release.vintage}"
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(release.folder, home, copy_function=shutil.copyfile)
    paper = read_paper(home)
    wanted = asked_languages(languages or (paper.languages if paper else ()))
    signed = paper is not None and wanted == paper.languages
    if not signed:
        for left in ("assets", *LANGUAGES):
            shutil.rmtree(home / left, ignore_errors=True)
        (home / PAPER).unlink(missing_ok=True)
        write(read_line(release.database, release.edition), home, wanted)
    written = [path for language in wanted for path in sorted((home / language).rglob("*.html"))]
    for path in written if newer else ():
        _say_newer(path, newer or 0)
    figures, differences = read_back(out, written, release.database)
    return Written(home, wanted, written, figures, differences, signed)


def write_ways_in(out: Path, written: Sequence[Written]) -> None:
    """Write latest/, as it lies beside the releases (gci.storage.ways_in), and the page to begin with.

    Args:
        out: the site's folder.
        written: what was written of each vintage, those of partner data first, then the oldest edition first.
    """
    lines: dict[str, list[Vintage]] = {}
    for one in written:
        pages = [page.relative_to(one.home).as_posix() for page in one.pages]
        lines.setdefault(one.home.parent.name, []).append(Vintage(one.home.relative_to(out).as_posix(), pages))
    for name, text in ways(lines).items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_text(text, "utf-8")
    newest = {one.home.parent.name: one for one in written}
    named = [(line, one.home.relative_to(out).as_posix(), one.languages) for line, one in reversed(newest.items())]
    text = environment_of("en").get_template("root.html.jinja").render(lines=named, language_names=LANGUAGE_NAMES)
    (out / "index.html").write_text(text, "utf-8")


def _say_newer(page: Path, newer: int) -> None:
    """Show on a page of an older vintage that there is a newer one, as its script does where a server shows it."""
    text = page.read_text("utf-8")
    banner = _BANNER.search(text)
    if banner:
        shown = banner[0].replace(" hidden", "", 1).replace("<bdi></bdi>", f"<bdi>{newer}</bdi>", 1)
        page.write_text(text[: banner.start()] + shown + text[banner.end() :], "utf-8")


_BANNER = re.compile(r'<p class="banner newer" [^\n]*')


def _counted(made: Written) -> str:
    how = "as signed" if made.signed else "made anew"
    return f"{len(made.pages)} pages ({how}), {made.figures} figures read back, {len(made.differences)} differ"
