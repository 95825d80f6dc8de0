"""The stage between gates and sign-off: the pages of a candidate beside its file, as they go out with the release.

They follow from the file alone, so that whoever has it can make them again, to the byte: nothing on them says when
or by whom they were signed. In the candidate they lie in pages/; in the release its languages lie beside its other
files, so that `published/` itself has the addresses /<edition>/v<vintage>/<language>/….
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from gci.core.atomic_directory import hidden
from gci.core.checksums import sums
from gci.core.records import Candidate
from gci.core.worker_pool import CHECKS
from gci.reference.labels import LANGUAGES
from gci.site.content import Content
from gci.site.languages import languages as asked_languages
from gci.site.languages import official as is_official
from gci.site.paper import Paper, write_paper
from gci.site.partner_content import read_line
from gci.site.write import write, write_share
from gci.texts import translated, untranslated

log = logging.getLogger(__name__)

FOLDER = "pages"
"""In the folder of a candidate."""


def write_pages(candidate: Candidate, like: Paper | None = None) -> Path:
    """Write pages/ into the candidate's folder, in place of an older one. It is seen when it is whole.

    Args:
        candidate: the candidate, built and audited.
        like: the paper of pages that are to be made once more; without it languages are those that are set
            (gci.site.languages).

    Returns:
        The folder.

    Raises:
        TryAgain: the disk refused.
        WrongUsage: a language that is set is not known.
    """
    official = like.official if like else is_official()
    languages = like.languages if like else asked_languages()
    content = read_line(candidate.database, candidate.edition)
    folder = candidate.folder / FOLDER
    with hidden(folder) as part:
        made, before = part / "now", part / "before"
        made.mkdir()
        paper = write_profiles(content, languages, official, made)
        _write(candidate, content, made, paper)
        write_paper(paper, made)
        if folder.exists():
            folder.rename(before)
        made.rename(folder)
    _tell(paper)
    return folder


def pages_digest(folder: Path) -> str:
    """SHA-256 over the digests of all files of a folder of pages: what a signer saw, in one line."""
    listed = "".join(f"{digest}  {name}\n" for name, digest in sums(folder).items())
    return hashlib.sha256(listed.encode()).hexdigest()


def _write(candidate: Candidate, content: Content, made: Path, paper: Paper) -> None:
    """Write the pages: side by side where processes stand ready anyway, for to begin some would take longer."""
    if not CHECKS.stays:
        write(content, made, paper.languages, paper.profiles)
        return
    about = (candidate.database, made, candidate.edition, paper.languages, paper.profiles)
    with CHECKS.at_work() as work:
        for share in range(CHECKS.processes):
            work.begin(write_share, *about, share, CHECKS.processes)
        work.results()


def front_page(paper: Paper) -> str:
    """Where the front page of a candidate's pages lies, below its folder."""
    return f"{FOLDER}/{paper.languages[0]}/index.html"


def write_profiles(content: Content, languages: Sequence[str], official: bool, made: Path) -> Paper:
    """Write the profiles of an official release, in the languages that there are fonts for.

    Args:
        content: the edition.
        languages: codes of the languages of its pages.
        official: whether the release is official; without it there are no profiles.
        made: the folder of the pages; profiles lie at <language>/profile/<state>.pdf.

    Returns:
        The paper of the pages, which tells of it all.

    Raises:
        Blocked: Typst refuses a profile.
        OSError: the disk refuses.
    """
    title = content.edition.get("title_en")  # of a decision, perhaps, and in no catalogue
    counted = {
        one: len({*untranslated(one)} | ({title} - translated(one) if title else set()))
        for one in languages
        if one != "en"
    }
    about = (content.name, content.vintage, official, list(languages))
    if not official:
        return Paper(*about, untranslated=counted)
    from gci.site.pdf import fonts, missing_fonts, profiles

    began = perf_counter()
    left_out = {one: missing for one in LANGUAGES if (missing := missing_fonts(one))}
    set_ones = [one for one in languages if one not in left_out]
    for language in set_ones:
        home = made / language / "profile"
        for iso3, profile in profiles(content, sorted(content.states), language):
            home.mkdir(parents=True, exist_ok=True)
            (home / f"{iso3}.pdf").write_bytes(profile)
    count, took = len(content.states) * len(set_ones), perf_counter() - began
    log.info("%s profiles in %s languages were set in %.1f s.", count, len(set_ones), took)
    return Paper(*about, set_ones, left_out, fonts(set_ones), counted)


def _tell(paper: Paper) -> None:
    for language, count in paper.untranslated.items():
        if count:
            log.warning("%s: %s texts are not translated and stand in English, marked as such.", language, count)
    for language, missing in paper.left_out.items():
        log.warning("No profiles in %s: the fonts %s are not on this machine.", language, ", ".join(missing))
