"""Profiles on paper: two pages each, every letter there, the same bytes twice."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from debian_package import brought_by
from gci.core.errors import Blocked
from gci.core.paths import DataFolders
from gci.site.content import Content
from gci.site.pdf import missing_fonts, profile_pdf
from gci.site.profile import of_edition
from gci.site.profile_data import FONTS, profile_data
from gci.site.stage import write_profiles
from gci.site.tile_grid import band, squares
from gci.site.write import ASSETS

PAGE = re.compile(rb"/Type\s*/Page\b")
WORD = re.compile(r'<word xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)" yMax="[\d.]+">(.*?)</word>')
WIDTH, MARGIN = 595.28, 51.02
"""Points: A4, and 18 mm."""
LONGEST = ("COD", "VCT", "FSM", "GBR", "AFG", "BRA", "PRK")
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
        made = profile_pdf(content, iso3, language)
        pages, _ = _said(made, tmp_path)
        assert pages == len(PAGE.findall(made)) == 2, (iso3, language)
        assert _over_the_margin(tmp_path / "one.pdf") == [], (iso3, language)


def _over_the_margin(file: Path) -> list[tuple[float, float, str]]:
    """Words of a PDF that do not lie between its margins."""
    told = subprocess.run(["pdftotext", "-bbox", str(file), "-"], capture_output=True, check=True, text=True).stdout
    words = [(float(left), float(right), word) for left, right, word in WORD.findall(told)]
    assert words
    return [one for one in words if one[0] < MARGIN - 1 or one[1] > WIDTH - MARGIN + 1]


def test_a_letter_that_no_font_has_is_refused(content: Content) -> None:
    named = {**content.states, "EST": content.states["EST"] | {"name_en": "Estonia \U00012000"}}
    with pytest.raises(Blocked, match="EST in en cannot be made"):
        profile_pdf(replace(content, states=named), "EST", "en")


def test_an_official_release_has_profiles_and_says_what_it_leaves_out(
    content: Content, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = replace(content, states={"EST": content.states["EST"], "FRA": content.states["FRA"]})
    monkeypatch.setitem(FONTS, "zh", ("Noto Sans", "A Family That Nobody Has"))
    paper = write_profiles(few, ["en", "ar", "zh"], True, tmp_path)
    assert paper.profiles == ["en", "ar"]
    assert paper.left_out == {"zh": ["A Family That Nobody Has"]}
    assert {name.split("-")[0] for name in paper.fonts} == {"NotoSans", "NotoSansArabic"}
    made = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.pdf"))
    assert made == [f"{language}/profile/{iso3}.pdf" for language in ("ar", "en") for iso3 in ("EST", "FRA")]
    assert write_profiles(few, ["en"], False, tmp_path / "none").profiles == []


def test_a_profile_says_what_the_file_says(content: Content, tmp_path: Path) -> None:
    _, text = _said(profile_pdf(content, "EST", "en"), tmp_path)
    assert f"{content.states['EST']['score']:.2f}" in text
    sure = content.uncertainty["EST"]
    assert f"How sure the score is: {sure['score_q05']:.2f} to {sure['score_q95']:.2f}" in text
    for pillar in ("legal", "technical", "organizational", "capacity_development", "cooperation"):
        assert f"{content.pillars['EST', pillar]['score']:.2f}" in text


def test_a_profile_has_the_map_with_its_state_marked(content: Content) -> None:
    told = profile_data(content, "EST", "ar")["map"]
    drawn = etree.fromstring(told["picture"]).findall("{*}rect")
    *states, marked = drawn
    assert len(states) == len(content.states)
    for (iso3, row), square in zip(content.states.items(), states, strict=True):
        place = squares()[iso3]
        assert (float(square.get("x")) - 1, float(square.get("y")) - 1) == (32 * place.column, 32 * place.row)
        step = row["tier"] if content.tiered else band(row["score"])
        assert square.get("fill") == (told["steps"][step - 1][0] if not content.without_data(iso3) else "#ffffff")
    place = squares()["EST"]
    assert (float(marked.get("x")) + 19, float(marked.get("y")) + 19) == (32 * place.column + 16, 32 * place.row + 16)
    assert "إستونيا" in told["title"]


def test_colours_on_paper_are_those_of_the_pages(content: Content) -> None:
    sheet = (ASSETS / "site.css").read_text("utf-8")
    for step, (colour, _) in enumerate(profile_data(content, "EST", "en")["map"]["steps"], 1):
        assert f".step{step} {{ fill: {colour};" in sheet


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
