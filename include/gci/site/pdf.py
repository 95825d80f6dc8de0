"""Profiles on paper: two pages a state, made by Typst, the same bytes for the same figures."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from gci.core.errors import Blocked
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
    import typst

    missing = missing_fonts(language)
    if missing:
        raise Blocked(
            f"No profile in {language}: the fonts {', '.join(missing)} are not on this machine. On Debian install "
            "fonts-noto-core and fonts-noto-cjk, then call again."
        )
    told = json.dumps(profile_data(content, iso3, language), ensure_ascii=False, sort_keys=True)
    when = content.edition["published_at"] or f"{content.edition['reference_year']}-01-01"
    try:
        made = typst.compile(
            str(_TEMPLATE),
            format="pdf",
            sys_inputs={"told": told},
            pdf_standards=["a-2a", "ua-1"],  # for archives, and for screen readers: as far as Typst checks
            timestamp=datetime.fromisoformat(str(when)).replace(tzinfo=UTC),
        )
    except typst.TypstError as error:
        raise Blocked(f"The profile of {iso3} in {language} cannot be made: {error.message}") from error
    assert isinstance(made, bytes)  # one document was asked for
    return made


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
