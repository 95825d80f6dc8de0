"""Profiles on paper: two pages each, every letter there, the same bytes twice."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from debian_package import brought_by
from gci.core.errors import Blocked
from gci.core.paths import DataFolders
from gci.site.content import Content
from gci.site.pdf import missing_fonts, profile_pdf
from gci.site.profile import of_edition
from gci.site.profile_data import FONTS

LONGEST = ("COD", "VCT", "FSM", "GBR", "AFG")
"""States with the longest names, notes, or nothing to tell."""


@pytest.fixture(scope="session", params=["2020", "2024"])
def content(request: pytest.FixtureRequest, published_data: DataFolders) -> Content:
    brought_by("fonts-noto-core", lambda: not missing_fonts("ar"))
    brought_by("fonts-noto-cjk", lambda: not missing_fonts("zh"))
    return of_edition("all", request.param, published_data)[0]


def _said(made: bytes, tmp_path: Path) -> tuple[int, str]:
    """How many pages a PDF has, and its text."""
    brought_by("poppler-utils", lambda: shutil.which("pdftotext"))
    (tmp_path / "one.pdf").write_bytes(made)
    text = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "one.pdf"), "-"], capture_output=True, check=True, text=True
    ).stdout
    return text.count("\f"), text


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar", "zh", "ru"])
def test_a_profile_has_two_pages_in_every_language(content: Content, language: str, tmp_path: Path) -> None:
    for iso3 in LONGEST:
        pages, _ = _said(profile_pdf(content, iso3, language), tmp_path)
        assert pages == 2, (iso3, language)


def test_a_profile_says_what_the_file_says(content: Content, tmp_path: Path) -> None:
    _, text = _said(profile_pdf(content, "EST", "en"), tmp_path)
    assert f"{content.states['EST']['score']:.2f}" in text
    for pillar in ("legal", "technical", "organizational", "capacity_development", "cooperation"):
        assert f"{content.pillars['EST', pillar]['score']:.2f}" in text


def test_the_same_figures_give_the_same_bytes(content: Content) -> None:
    assert profile_pdf(content, "EST", "ar") == profile_pdf(content, "EST", "ar")


def test_a_profile_says_which_standards_it_keeps(content: Content) -> None:
    made = profile_pdf(content, "EST", "en")
    assert b"pdfaid:part" in made
    assert b"pdfuaid:part" in made


def test_a_font_that_is_not_there_is_named(content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FONTS, "zh", ("Noto Sans", "A Family That Nobody Has"))
    with pytest.raises(Blocked, match="A Family That Nobody Has"):
        profile_pdf(content, "EST", "zh")
