"""What is known of the edition before: scores where it had indicators, answers where it asked questions."""

from __future__ import annotations

import csv
from pathlib import Path

from gci.core.paths import REPLAY
from gci.reference.seeds import members
from gci.survey.form.filling import prefilled
from gci.survey.form.form import form
from gci.survey.form.previous import Given, previous


def test_nothing_is_known_before_anything_is_published(tmp_path: Path):
    assert previous(form("2026"), tmp_path / "gci.duckdb") == {}
    assert prefilled(form("2026"), None).answers == {}


def test_an_edition_of_indicators_gives_scores_and_no_answers(of_indicators):
    before = previous(form("2026"), of_indicators)
    assert before["EST"].edition == "2024"
    assert before["EST"].scores == {"cybercrime_substantive_law": 0.875}
    assert before["EST"].answers == {}
    assert prefilled(form("2026"), before["EST"]).answers == {}


def test_a_state_without_data_has_no_score_of_zero(of_indicators):
    assert "VAT" not in previous(form("2026"), of_indicators)


def test_answers_are_carried_over_by_concept_where_the_question_allows_them(of_questions):
    before = previous(form("2026"), of_questions)
    assert prefilled(form("2026"), before["EST"]).answers == {
        "ls1.1": Given("yes", "https://example.int/act", "=cmd|'/c calc'!A1"),
        "ls2.2": Given("partial", None, "since 2019"),
    }, "no partial for ls1.3, which does not allow it; nothing for what was not answered"
    assert prefilled(form("2026"), before["FIN"]).answers == {"ls1.1": Given("no")}


def test_the_scores_of_2024_are_the_published_ones(published_data):
    before = previous(form("2026"), published_data.current)
    assert len(before) == len(members("2024"))
    with (REPLAY / "indicator_values_2024.csv").open(encoding="utf-8", newline="") as lines:
        given = {row["iso3"]: row for row in csv.DictReader(lines)}
    for iso3 in ("EST", "COD", "NAM"):
        assert before[iso3].edition == "2024"
        assert len(before[iso3].scores) == 20
        assert abs(before[iso3].scores["child_online_protection"] - float(given[iso3]["os4"])) < 1e-9
