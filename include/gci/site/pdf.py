"""Profiles on paper: two pages a state, made by Typst, the same bytes for the same figures."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from pathlib import Path

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
    when = content.edition["published_at"] or f"{content.edition['reference_year']}-01-01"
    return pdf(_TEMPLATE, told, datetime.fromisoformat(str(when)), f"The profile of {iso3} in {language}")


def missing_fonts(language: str) -> list[str]:
    """The font families that a language needs and this machine has not."""
    return [family for family in FONTS.get(language, ("Noto Sans",)) if family not in _families()]


def write_profiles(content: Content, states: Iterable[str], language: str, out: Path) -> list[Path]:
    """Write <out>/<edition>-v<vintage>-<state>-<language>.pdf for each state; raises as `profile_pdf` does."""
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for iso3 in states:
        path = out / f"{content.name}-v{content.vintage}-{iso3}-{language}.pdf"
        path.write_bytes(profile_pdf(content, iso3, language))
        written.append(path)
    return written


@cache
def _families() -> frozenset[str]:
    import typst

    return frozenset(typst.Fonts().families())
