"""What goes out beside the file: draws from which anybody can count the published probabilities, and the report."""

from __future__ import annotations

import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import duckdb
import pytest
from lxml import html

from debian_package import brought_by
from gci.audit.stage import DRAWS, FOLDER, ON_PAPER, PAIRS, REPORT, write_audit
from gci.core.checksums import read_sums, sha256
from gci.core.paths import DataFolders
from gci.core.records import Candidate

_WORD = r"[\w.,–%-]*\w"
FILES = (DRAWS, PAIRS, REPORT, ON_PAPER)


@pytest.fixture
def release(published_data: DataFolders) -> Path:
    """The release of 2024."""
    return published_data.release("2024", 1)


def test_the_release_knows_every_file_of_its_audit(release: Path) -> None:
    assert {path.name for path in (release / FOLDER).iterdir()} == set(FILES)
    assert read_sums(release).keys() >= {f"{FOLDER}/{name}" for name in FILES}


def test_whoever_counts_in_the_draws_finds_the_published_probabilities(release: Path) -> None:
    counted = """
        with draws as (from read_parquet(?)), cuts as (select tier, minimum from tiers where edition = '2024'),
        placed as (
            select iso3, draw, (select min(tier) from cuts where minimum <= score) as tier, tier as told from draws
        ),
        shares as (
            select iso3, tier, count(*) / (select count(distinct draw) from draws) as share,
                bool_and(tier = told) as same
            from placed group by iso3, tier
        )
        select iso3, tier, probability, share from tier_probabilities left join shares using (iso3, tier)
        where edition = '2024' and (abs(probability - coalesce(share, 0)) > 1e-9 or not coalesce(same, true))
    """
    with duckdb.connect(str(release / "gci.duckdb"), read_only=True) as connection:
        assert connection.execute(counted, [str(release / FOLDER / DRAWS)]).fetchall() == []
        (there,) = connection.execute("select count(*) from tier_probabilities where probability > 0").fetchone()
        (states,) = connection.execute("select count(*) from score_uncertainty where edition = '2024'").fetchone()
    assert states == 194
    assert there > states, "some states are in several tiers"


def test_every_pair_is_in_the_file_of_pairs_and_turned_round_it_is_the_other_way(release: Path) -> None:
    turned = """
        select count(*), count_if(abs(one.probability + other.probability + one.tied - 1) > 1e-9)
        from read_parquet($1) as one join read_parquet($1) as other on one.iso3 = other.other and one.other = other.iso3
    """
    with duckdb.connect() as connection:
        found = connection.execute(turned, [str(release / FOLDER / PAIRS)]).fetchone()
    assert found == (194 * 193, 0)


def test_written_again_it_is_the_same_to_the_byte(release: Path, tmp_path: Path) -> None:
    shutil.copyfile(release / "gci.duckdb", tmp_path / "candidate.duckdb")
    shutil.copyfile(release / "manifest.json", tmp_path / "manifest.json")
    candidate = Candidate("2024", 1, tmp_path, "")
    for _ in range(2):
        write_audit(candidate)
        assert {name: sha256(tmp_path / FOLDER / name) for name in FILES} == {
            name: sha256(release / FOLDER / name) for name in FILES
        }
    assert {path.name for path in tmp_path.iterdir()} == {"candidate.duckdb", "manifest.json", FOLDER}


class _Page(HTMLParser):
    """Collects what a page loads, and its headings."""

    def __init__(self) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.steps: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.loads += [value or "" for name, value in attrs if name in ("src", "href", "srcset", "xlink:href")]
        self.loads += [tag] if tag in ("script", "link", "iframe", "object", "embed") else []
        self.open.append(tag)

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "h2" and data.strip():
            self.steps.append(data.strip())


@pytest.mark.parametrize("edition", ["2020", "2024"])
def test_the_report_loads_nothing_and_goes_through_the_ten_steps(published_data: DataFolders, edition: str) -> None:
    text = (published_data.release(edition, 1) / FOLDER / REPORT).read_text(encoding="utf-8")
    page = _Page()
    page.feed(text)
    assert [one for one in page.loads if not one.startswith("#")] == []
    assert [int(step.partition(".")[0]) for step in page.steps] == list(range(1, 11))
    with duckdb.connect(str(published_data.current), read_only=True) as connection:
        (sentence,) = connection.execute("select sentence from audit_summary where edition = ?", [edition]).fetchone()
    assert sentence in text


def test_the_report_says_nothing_of_what_was_not_tried_and_nothing_that_the_edition_cannot_show(
    published_data: DataFolders,
) -> None:
    pages = {
        edition: (published_data.release(edition, 1) / FOLDER / REPORT).read_text(encoding="utf-8")
        for edition in ("2020", "2024")
    }
    for edition, text in pages.items():
        told = re.sub(r"<(style|svg).*?</\1>|<[^>]*>", "", text, flags=re.DOTALL)
        assert "partial answer" not in told, "of indicators no partial answers are known"
        assert not re.search(r"[a-z][.?:][A-Z]", told), "sentences stand apart"
        with duckdb.connect(str(published_data.current), read_only=True) as connection:
            query = "select alpha from audit_summary where edition = ?"
            (alpha,) = connection.execute(query, [edition]).fetchone()
        assert f"at once alpha is {alpha:.2f}" in told
    assert "lower numbers than places" in " ".join(pages["2020"].split()), "ranks there have no gaps, places have"


@pytest.mark.parametrize("edition", ["2020", "2024"])
def test_the_report_on_paper_says_every_word_of_the_page(published_data: DataFolders, edition: str) -> None:
    brought_by("poppler-utils", lambda: shutil.which("pdftotext"))
    folder = published_data.release(edition, 1) / FOLDER
    page = html.parse(str(folder / REPORT), html.HTMLParser(encoding="utf-8")).find("body/main")
    due = set(re.findall(_WORD, " ".join(page.xpath(".//text()[not(ancestor::svg)]"))))
    words = ["pdftotext", "-raw", str(folder / ON_PAPER), "-"]
    told = subprocess.run(words, capture_output=True, check=True, text=True).stdout
    there = {one for text in (told, told.replace("\n", "")) for one in re.findall(_WORD, text)}
    assert len(due) > 300
    assert due - there == set()


def test_the_report_on_paper_is_for_archives_and_for_screen_readers(release: Path) -> None:
    made = (release / FOLDER / ON_PAPER).read_bytes()
    assert b"pdfaid:part" in made
    assert b"pdfuaid:part" in made
