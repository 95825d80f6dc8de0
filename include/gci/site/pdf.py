"""Profiles on paper: two pages a state, made by Typst, the same bytes for the same figures."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import cache
from pathlib import Path

from gci.core.checksums import sha256
from gci.core.errors import Blocked
from gci.core.typesetting import pdf
from gci.site.content import Content
from gci.site.profile_data import FONTS, profile_data

_TEMPLATE = Path(__file__).with_name("templates") / "profile.typ"


def profile_pdf(content: Content, iso3: str, language: str) -> bytes:
    """The profile of one state as PDF.

    Args:
        content: the edition.
        iso3: the state, which is in it.
        language: code of the language.

    Raises:
        Blocked: a font that the language needs is not on this machine, or Typst refuses the page.
    """
    missing = missing_fonts(language)
    if missing:
        raise Blocked(
            f"No profile in {language}: the fonts {', '.join(missing)} are not on this machine. On Debian install "
            "fonts-noto-core and fonts-noto-cjk, then call again."
        )
    told = profile_data(content, iso3, language)
    when = content.edition["published_on"] or f"{content.edition['reference_year']}-01-01"
    return pdf(_TEMPLATE, told, datetime.fromisoformat(str(when)), f"The profile of {iso3} in {language}")


def missing_fonts(language: str) -> list[str]:
    """The font families that a language needs and this machine has not."""
    return [family for family in FONTS.get(language, ("Noto Sans",)) if family not in _families()]


def profiles(content: Content, states: Sequence[str], language: str) -> Iterator[tuple[str, bytes]]:
    """The profiles of states, side by side on the cores there are, in the order of the states; raises as `profile_pdf`.

    Typst lets go of Python while it sets a page, so threads do.
    """
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        yield from zip(states, pool.map(lambda iso3: profile_pdf(content, iso3, language), states), strict=True)


def write_profiles(content: Content, states: Sequence[str], language: str, out: Path) -> list[Path]:
    """Write <out>/<edition>-v<vintage>-<state>-<language>.pdf for each state; raises as `profile_pdf` does."""
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for iso3, profile in profiles(content, states, language):
        path = out / f"{content.name}-v{content.vintage}-{iso3}-{language}.pdf"
        path.write_bytes(profile)
        written.append(path)
    return written


def fonts(languages: Iterable[str]) -> dict[str, str]:
    """SHA-256 of the font files that profiles in these languages are set in, by name of the file."""
    import typst

    used = {family for one in languages for family in FONTS.get(one, ("Noto Sans",))}
    files = {Path(font.path) for font in typst.Fonts().fonts() if font.family in used and font.path}
    return {file.name: sha256(file) for file in sorted(files)}


@cache
def _families() -> frozenset[str]:
    import typst

    return frozenset(typst.Fonts().families())
