"""The draft of a state's scores: in its language, with every answer, why it counts and what a review changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

from gci.casework.draft import _line, as_html, draft
from gci.core.paths import DataFolders
from gci.core.records import Candidate
from gci.reference.labels import LANGUAGES
from gci.reference.seeds import items, member_states

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
