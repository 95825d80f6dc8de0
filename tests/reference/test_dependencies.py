"""What depends on what in a questionnaire, held against the framework and against the questions as they read."""

from __future__ import annotations

import re

import pytest

from gci.reference import seeds
from gci.reference.labels import question_texts
from gci.survey.form.form import choices

EDITION = "2026"
ITEMS = seeds.items(EDITION)
RULES = seeds.dependencies(EDITION)
# A question that speaks of this, without asking whether it is there, presupposes it.
PRESUPPOSED = {
    r"\b(the|of the) strategy\b": "os1.1",
    r"\bthe national team\b": "ts1.1",
    r"\bsectoral teams\b": "ts2.1",
    r"\b(that|the) agency\b": "os2.1",
}


def test_every_rule_is_about_answers_that_the_questionnaire_allows():
    assert RULES
    for rule in RULES:
        assert rule.answer in choices(ITEMS[rule.question]), rule
        assert rule.answer != "no"
        assert rule.needs, rule
        assert rule.question not in rule.needs
        assert all(ITEMS[needed].edition == EDITION for needed in rule.needs)


def test_nothing_depends_on_itself_by_way_of_others():
    needs = {
        question: {need for rule in RULES if rule.question == question for need in rule.needs} for question in ITEMS
    }

    def above(question: str, seen: frozenset[str]) -> None:
        assert question not in seen
        for need in needs[question]:
            above(need, seen | {question})

    for question in ITEMS:
        above(question, frozenset())


@pytest.mark.parametrize(("said", "presupposed"), PRESUPPOSED.items())
def test_a_question_that_presupposes_something_depends_on_it(said: str, presupposed: str):
    speaking = {code for code, text in question_texts(EDITION, "en").items() if re.search(said, text.text)}
    allowed = {(code, answer) for code in speaking for answer in choices(ITEMS[code]) if answer != "no"}
    assert len(speaking) > 1
    assert allowed <= {(rule.question, rule.answer) for rule in RULES if presupposed in rule.needs}


def test_what_counts_only_beside_a_campaign_for_all_depends_on_one():
    covered = {
        code for code, text in question_texts(EDITION, "en").items() if "covered by a campaign for all" in text.help
    }
    assert covered == {rule.question for rule in RULES if rule.depends_on == "cds1.1"}
    assert {rule.answer for rule in RULES if rule.depends_on == "cds1.1"} == {"partial"}


def test_editions_of_indicators_have_no_rules():
    assert seeds.dependencies("2024") == ()


def test_each_version_asks_what_the_newest_does_but_for_what_came_later():
    asked = seeds.items_of_versions(EDITION)
    assert list(asked) == list(reversed(seeds.form_versions(EDITION)))
    assert asked["2026v2"] == ITEMS.keys()
    assert ITEMS.keys() - asked["2026-1"] == {"os1.8", "cds2.6", "cds4.4"}


def test_no_spreadsheet_takes_the_newest_version_for_a_date_or_a_number():
    newest = seeds.form_versions(EDITION)[-1]
    assert re.fullmatch(r"\d{4}v\d+", newest)
