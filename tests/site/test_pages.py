"""The site as its readers have it: what stands on the pages, and that it is what the file says."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from lxml import etree, html

from gci.core.errors import WrongUsage
from gci.core.paths import DataFolders
from gci.core.records import Candidate
from gci.reference.labels import LANGUAGES
from gci.site import untranslated
from gci.site.content import read_content
from gci.site.held import faults
from gci.site.languages import languages
from gci.site.paper import Paper, read_paper
from gci.site.read_back import read_back
from gci.site.site import Written, site, write_release
from gci.site.stage import write_pages
from gci.site.write import write
from gci.storage.release_log import find

NEWER = 7


def _nothing(step: str) -> None:
    """Nobody looks on."""


@pytest.fixture(scope="session")
def english(published_data: DataFolders, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Written]:
    out = tmp_path_factory.mktemp("site")
    return {edition: write_release(find(edition, published_data), out) for edition in ("2020", "2024")}


@pytest.fixture(scope="session")
def six(published_data: DataFolders, tmp_path_factory: pytest.TempPathFactory) -> Candidate:
    """2024 in six languages, as a candidate would have it."""
    candidate = Candidate("2024", 1, tmp_path_factory.mktemp("six"), "")
    os.link(find("2024", published_data).database, candidate.database)
    write_pages(candidate, like=Paper("2024", 1, False, list(LANGUAGES)))
    return candidate


def _documents(written: Written) -> Iterator[tuple[Path, html.HtmlElement]]:
    for path in written.pages:
        yield path, html.fromstring(path.read_bytes())


@pytest.mark.parametrize("edition", ["2020", "2024"])
def test_every_figure_is_what_the_file_says(english: dict[str, Written], edition: str) -> None:
    assert english[edition].figures > 30_000
    assert english[edition].differences == []


def test_a_figure_that_was_changed_on_a_page_is_found(
    english: dict[str, Written], published_data: DataFolders, tmp_path: Path
) -> None:
    page = english["2024"].home / "en/state/EST/index.html"
    told = page.read_text("utf-8")
    assert ">95.04</data>" in told
    for name, changed in {
        "text": told.replace(">95.04</data>", ">95.40</data>", 1),
        "value": told.replace('value="95.0', 'value="95.4', 1),
        "cell": told.replace(":2024,EST", ":2024,LVA", 1),
    }.items():
        (tmp_path / f"{name}.html").write_text(changed, "utf-8")
        _, wrong = read_back(tmp_path, [tmp_path / f"{name}.html"], find("2024", published_data).database)
        assert wrong, name


def test_every_state_has_its_page_and_its_square(english: dict[str, Written]) -> None:
    for written in english.values():
        front = html.fromstring((written.home / "en/index.html").read_bytes())
        squares = {text.text for text in front.iter("text")}
        listed = {link.get("href").split("/")[-2] for link in front.xpath("//tbody/tr/th/a")}
        assert len(squares) == 194
        assert squares == listed == {path.name for path in (written.home / "en/state").iterdir()}


def test_every_link_leads_to_a_file_of_the_site_and_nothing_comes_from_elsewhere(english: dict[str, Written]) -> None:
    for written in english.values():
        for path, document in _documents(written):
            for element, attribute, address, _ in document.iterlinks():
                if element.get("rel") == "nofollow noreferrer":
                    continue  # evidence, which lies where the state has it
                target, _, mark = address.partition("#")
                if element.get("rel") == "latest-version":  # it lies beside the releases
                    root = written.home.parents[1].resolve()
                    below = path.relative_to(written.home)
                    assert (path.parent / address).resolve() == root / "latest" / written.home.parent.name / below
                    continue
                assert "://" not in target, (path, attribute, address)
                assert not target or (path.parent / target).is_file(), (path, address)
                assert not mark or mark == "content", address


def test_what_has_no_data_is_never_shown_as_zero(english: dict[str, Written]) -> None:
    page = html.fromstring((english["2020"].home / "en/state/FSM/index.html").read_bytes())
    facts = {fact.findtext("dt"): "".join(fact.find("dd").itertext()).strip() for fact in page.xpath("//dl/div")}
    assert facts["Score, of 100"] == facts["Rank"] == "–"
    assert "0.00" not in [shown.text for shown in page.xpath("//table[caption]//data[contains(@data-cell, 'FSM')]")]
    assert "There is no data for this state." in "".join(page.itertext())
    front = html.fromstring((english["2020"].home / "en/index.html").read_bytes())
    assert front.xpath("//a[contains(@href, 'state/FSM/')]/rect/@class") == ["none"]


def test_a_known_error_of_print_stands_on_the_page_of_its_state(english: dict[str, Written]) -> None:
    page = html.fromstring((english["2020"].home / "en/state/AFG/index.html").read_bytes())
    assert "scale of 0 to 1 in place of 0 to 20" in "".join(page.xpath("string(//p[@role='note'][not(@hidden)])"))


def test_the_file_of_a_release_gives_the_bytes_that_were_signed(
    english: dict[str, Written], published_data: DataFolders, tmp_path: Path
) -> None:
    release = find("2024", published_data)
    written = write(read_content(release.database, "2024"), tmp_path, ["en"])
    names = [path.relative_to(tmp_path) for path in written]
    assert english["2024"].signed
    assert [(tmp_path / name).read_bytes() for name in names] == [
        (release.folder / name).read_bytes() for name in names
    ]
    assert {name.as_posix() for name in names} <= release.document["files"].keys()


def test_pages_read_without_scripts_and_allow_none_from_elsewhere(english: dict[str, Written]) -> None:
    for _, document in _documents(english["2024"]):
        (policy,) = document.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policy.startswith("default-src 'none'")
        assert not document.xpath("//@style | //@onclick | //script[not(@src)][not(@type='application/ld+json')]")
        assert len(document.xpath("//h1")) == 1
        assert document.get("lang") == "en"


def test_an_older_vintage_says_that_there_is_a_newer_one(published_data: DataFolders, tmp_path: Path) -> None:
    release = find("2020", published_data)
    written = write_release(release, tmp_path, newer=NEWER)
    for path, document in _documents(written):
        (told,) = [note for note in document.xpath("//p[@role='note']") if f"newer one: {NEWER}" in note.text_content()]
        assert told.get("hidden") is None
        below = path.relative_to(written.home)
        assert (path.parent / told.find("a").get("href")).resolve() == tmp_path.resolve() / "latest/2020" / below
        signed = (release.folder / below).read_text("utf-8")
        shown = path.read_text("utf-8").replace(f"<bdi>{NEWER}</bdi>", "<bdi></bdi>", 1)
        assert shown == signed.replace('role="note" hidden', 'role="note"', 1)


def test_six_languages_are_whole_and_lead_to_each_other(six: Candidate) -> None:
    home = six.folder / "pages"
    for path in (file for state in ("EST", "AFG") for file in home.glob(f"*/state/{state}/index.html")):
        document = html.fromstring(path.read_bytes())
        assert document.get("dir") == ("rtl" if document.get("lang") == "ar" else "ltr")
        assert [link.get("lang") for link in document.xpath("//a[@hreflang]")] == list(LANGUAGES)
        for link in document.xpath("//a[@hreflang]"):
            assert (path.parent / link.get("href")).is_file()
    assert "المؤشر العالمي للأمن السيبراني 2024 (الطبعة الخامسة)" in (home / "ar/index.html").read_text("utf-8")
    arabic = (home / "ar/state/EST/index.html").read_text("utf-8")
    assert "إستونيا" in arabic
    assert "95.04" in arabic


def test_the_gate_finds_nothing_in_six_languages_but_english_where_a_translation_belongs(six: Candidate) -> None:
    page = six.folder / "pages/fr/method/index.html"
    before = page.read_text("utf-8")
    page.write_text(before.replace("<h1>Méthode</h1>", "<h1>Method</h1>"), "utf-8")
    held = list(faults(six.folder / "pages", six.database, "2024", six.folder))
    page.write_text(before, "utf-8")
    # A candidate of its own brings the report of its audit; this one is of the file alone.
    assert {(one.check, one.page, one.found) for one in held} == {
        ("every_text_is_translated", "fr/method/index.html", "Method")
    }


def test_what_is_not_translated_is_marked_as_english_and_counted() -> None:
    say = untranslated.Told("fr").gettext
    new = "A text that no catalogue has"
    page = f'<title>{say(new)}</title><a title="{say(new)}">{say(new)}, {say("Method")}</a>'
    assert untranslated.plain(say(new)) == new  # in a feed, which is no HTML
    assert untranslated.told(page) == (
        f'<title>{new}</title><a title="{new}"><span lang="en" dir="ltr">{new}</span>, Méthode</a>'
    )


def test_the_paper_tells_what_the_pages_are(six: Candidate) -> None:
    paper = read_paper(six.folder / "pages")
    assert paper == Paper(
        "2024", 1, False, list(LANGUAGES), untranslated=dict.fromkeys((one for one in LANGUAGES if one != "en"), 0)
    )


@pytest.mark.parametrize(
    ("said", "official", "written"),
    [("", "", ["en"]), ("en, fr", "no", ["en", "fr"]), ("fr", "yes", list(LANGUAGES))],
)
def test_languages_are_set(monkeypatch: pytest.MonkeyPatch, said: str, official: str, written: list[str]) -> None:
    monkeypatch.setenv("GCI_LANGUAGES", said)
    monkeypatch.setenv("GCI_OFFICIAL", official)
    assert languages() == written


def test_a_setting_that_says_neither_yes_nor_no_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GCI_OFFICIAL", "perhaps")
    with pytest.raises(WrongUsage, match="GCI_OFFICIAL=perhaps: say yes or no"):
        languages()


def test_machines_are_told_what_a_release_holds(english: dict[str, Written]) -> None:
    home = english["2024"].home
    front = html.fromstring((home / "en/index.html").read_bytes())
    (about,) = front.xpath("//script[@type='application/ld+json']/text()")
    dataset = json.loads(about)
    assert dataset["@type"] == "Dataset"
    for one in dataset["distribution"]:
        assert (home / "en" / one["contentUrl"]).is_file(), one
    downloads = html.fromstring((home / "en/downloads/index.html").read_bytes())
    (address,) = downloads.xpath("//link[@type='application/ld+json']/@href")
    catalogue = json.loads((home / "en/downloads" / address).read_text("utf-8"))
    assert (home / catalogue["dcat:landingPage"]["@id"]).is_file()
    assert catalogue["dcterms:language"] == ["en"]
    for one in catalogue["dcat:distribution"]:
        assert (home / one["dcat:downloadURL"]["@id"]).is_file(), one


def test_the_geographic_map_has_every_state_and_says_who_cleared_it(english: dict[str, Written]) -> None:
    front = html.fromstring((english["2024"].home / "en/index.html").read_bytes())
    (drawn,) = front.xpath("//*[contains(@class, 'world')]")
    titles = sorted(title.text for title in drawn.iter("title"))
    assert titles == sorted(front.xpath("//table/tbody/tr/th/a/text()"))
    said = front.xpath("string(//details[@class='geographic'])")
    assert "do not imply the expression of any opinion" in said
    assert "Map cleared by: nobody yet" in said


@pytest.mark.parametrize(
    ("named", "languages", "told"),
    [(["2018"], [], "2018"), ([], ["de"], "Languages: en, fr"), (["2024@v9"], [], "v9")],
)
def test_what_is_not_there_is_said(
    published_data: DataFolders, tmp_path: Path, named: list[str], languages: list[str], told: str
) -> None:
    with pytest.raises(WrongUsage, match=told):
        site(named, languages, tmp_path, published_data, _nothing)


def test_a_file_in_the_place_of_the_folder_is_said(published_data: DataFolders, tmp_path: Path) -> None:
    (tmp_path / "site").write_text("")
    with pytest.raises(WrongUsage, match="is a file"):
        site([], [], tmp_path / "site", published_data, _nothing)


def test_nothing_published_is_said(tmp_path: Path) -> None:
    with pytest.raises(WrongUsage, match="Nothing is published"):
        site([], [], tmp_path / "site", DataFolders(tmp_path / "data"), _nothing)


def test_the_newest_is_always_under_the_same_address(published_data: DataFolders, tmp_path: Path) -> None:
    told = site(["2020", "2024"], ["en"], tmp_path, published_data, _nothing)
    assert told.differences == []
    stub = tmp_path / "latest/en/state/EST/index.html"
    (there,) = html.fromstring(stub.read_bytes()).xpath("//link[@rel='canonical']/@href")
    assert (stub.parent / there).resolve() == (tmp_path / "2024/v1/en/state/EST/index.html").resolve()
    own = tmp_path / "latest/2020/en/state/EST/index.html"
    (there,) = html.fromstring(own.read_bytes()).xpath("//link[@rel='canonical']/@href")
    assert (own.parent / there).resolve() == (tmp_path / "2020/v1/en/state/EST/index.html").resolve()
    root = html.fromstring((tmp_path / "index.html").read_bytes())
    assert [heading.text for heading in root.iter("h2")] == ["2024", "2020"]


SIMS = {  # heads of the Single Integrated Metadata Structure, version 2.0 (Eurostat): how many parts each has
    1: 8,
    2: 3,
    3: 9,
    4: 0,
    5: 0,
    6: 2,
    7: 2,
    8: 3,
    9: 0,
    10: 7,
    11: 2,
    12: 3,
    13: 3,
    14: 2,
    15: 4,
    16: 0,
    17: 2,
    18: 6,
    19: 0,
}


@pytest.mark.parametrize("edition", ["2020", "2024"])
def test_the_page_on_quality_has_every_head_and_says_what_it_cannot_say(
    english: dict[str, Written], edition: str
) -> None:
    page = html.fromstring((english[edition].home / "en/quality/index.html").read_bytes())
    assert page.xpath("//main/h2/@id") == [f"S.{head}" for head in SIMS]
    found: set[str] = set()
    for ident in page.xpath("//main/h3/@id"):
        first, _, last = str(ident).partition("–")
        stem, _, number = first.rpartition(".")
        found |= {f"{stem}.{one}" for one in range(int(number), int((last or first).rpartition(".")[2]) + 1)}
    assert {f"S.{head}.{part}" for head, parts in SIMS.items() for part in range(1, parts + 1)} <= found
    for head in page.xpath("//main/h2 | //main/h3"):
        following = head.getnext()
        assert following is not None
        has_parts = head.tag == "h2" and following.tag == "h3"
        told = " ".join(following.text_content().split())
        assert has_parts or told or head.get("id") == "S.13.3", head.get("id")
        assert not told.startswith("Not available") or len(told) > len("Not available: ")


def test_the_errata_are_a_feed_too(english: dict[str, Written]) -> None:
    feed = etree.fromstring((english["2020"].home / "en/errata/feed.xml").read_bytes())
    atom = {"a": "http://www.w3.org/2005/Atom"}
    assert feed.xpath("a:entry/a:title/text()", namespaces=atom) == [
        "Afghanistan: Legal measures",
        "Afghanistan: Overall",
    ]
    page = html.fromstring((english["2020"].home / "en/errata/index.html").read_bytes())
    assert [link.partition("#")[2] for link in feed.xpath("a:entry/a:link/@href", namespaces=atom)] == page.xpath(
        "//article/@id"
    )
    for moment in feed.xpath("//a:updated/text()", namespaces=atom):
        datetime.fromisoformat(moment)
