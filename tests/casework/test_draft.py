"""The draft of a state's scores: in its language, with every answer, why it counts and what a review changed."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

from gci.casework.draft import _line, as_html, draft
from gci.casework.draft_batch import write_all
from gci.core.errors import WrongUsage
from gci.core.paths import DataFolders
from gci.core.records import Candidate
from gci.reference.labels import LANGUAGES
from gci.reference.seeds import items, member_states, state_languages
from gci.storage.drafts import Comment

SOURCE = {
    "en": "taken over from",
    "fr": "reprise de",
    "es": "tomada de",
    "ar": "منقولة",
    "zh": "取自",
    "ru": "взято из",
}


class _Published(Candidate):
    """What is published, looked at as if it were to be."""

    @property
    def database(self) -> Path:
        return self.folder / "gci.duckdb"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_is_in_one_language_and_has_every_answer_and_score(language: str, published_data: DataFolders) -> None:
    made = draft(_Published("2024", 2, published_data.published, "0" * 64), "EST", language, published_data)
    assert [line.item for line in made.lines] == list(items("2024"))
    assert made.scores[0][1] == "95.04"
    assert len(made.scores) == 6
    page = html.fromstring(as_html(made))
    shown = "".join(page.itertext())
    assert member_states()["EST"].names[language] in shown
    assert SOURCE[language] in shown
    assert not [own for other, own in SOURCE.items() if other != language and own in shown]
    assert (page.get("lang"), page.get("dir")) == (language, "rtl" if language == "ar" else "ltr")


def test_what_a_review_changed_stands_beside_what_the_state_said() -> None:
    row = {"edition": "2026", "item": "ls1.1", "answer": 0.5, "source": "reviewed", "return_digest": "d"}
    line = _line(row | {"review_reason": "the law <i>expired</i>"}, {("d", "ls1.1"): "yes"}, "en")
    assert line.answer == "Partial"
    assert line.why == ("set by the review", "your answer was: Yes", "reason: the law <i>expired</i>")
    untouched = _line(row | {"source": "none", "answer": None, "review_reason": None}, {}, "en")
    assert (untouched.answer, untouched.why) == ("no answer", ("nothing was answered",))


def test_what_a_file_brought_is_shown_as_text(published_data: DataFolders) -> None:
    made = draft(_Published("2024", 2, published_data.published, "0" * 64), "EST", "en", published_data)
    hostile = replace(made.lines[0], why=("<script>alert(1)</script>",))
    assert "<script" not in as_html(replace(made, lines=(hostile,)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_state_said_and_was_told_stands_in_its_next_draft(language: str, published_data: DataFolders) -> None:
    candidate = _Published("2024", 2, published_data.published, "0" * 64)
    told = [
        Comment("2024", "EST", "a", "2026-12-01T09:00:00+00:00", "Ana Lima", "<b>No</b>", "2026-12-03T09:00:00+00:00"),
        Comment("2024", "EST", "b", "2026-12-04T09:00:00+00:00", "Ana Lima", "Still no"),
        Comment("2024", "LVA", "c", "2026-12-04T09:00:00+00:00", "Ana Lima", "of another state"),
    ]
    told[0] = replace(told[0], answer="See article 4")
    shown = "".join(html.fromstring(as_html(draft(candidate, "EST", language, published_data, told))).itertext())
    shown = shown.translate(dict.fromkeys(map(ord, "\u2066\u2068\u2069")))  # marks that keep a run in one piece
    for there in ("2026-12-01", "<b>No</b>", "2026-12-03", "See article 4", "2026-12-04", "Still no"):
        assert there in shown
    assert "of another state" not in shown


def test_all_states_get_theirs_at_once_each_in_its_language(
    april: DataFolders, published_data: DataFolders, tmp_path: Path
) -> None:
    # What is open is that of the round of 2026: of 2024 nothing is.
    candidate = _Published("2024", 2, published_data.published, "0" * 64)
    states = ("EST", "FRA", "ESP", "EGY", "CHN", "RUS")
    packed, again, folder = tmp_path / "a.zip", tmp_path / "b.zip", tmp_path / "drafts"
    for out in (packed, again, folder):
        drafts = write_all(candidate, states, april, out)
        assert {one.iso3: one.language for one in drafts} == {iso3: state_languages()[iso3] for iso3 in states}
    assert packed.read_bytes() == again.read_bytes()
    with zipfile.ZipFile(packed) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert files == {path.name: path.read_bytes() for path in folder.iterdir()}
    listed = list(csv.DictReader(io.StringIO(files["index.csv"].decode())))
    assert [row["iso3"] for row in listed] == sorted(states)
    for row in listed:
        page = html.fromstring(files[row["draft"]].decode())
        assert page.get("lang") == row["language"] == state_languages()[row["iso3"]]
        name = member_states()[row["iso3"]].names[row["language"]]
        assert name in files[row["letter"]].decode()
        assert len(files[row["draft"]]) < 50_000
    links = html.fromstring(files["index.html"].decode()).xpath("//a/@href")
    assert {*links, "index.html", "index.csv"} == set(files)
    with pytest.raises(WrongUsage, match="there already"):
        write_all(candidate, states, april, folder)
