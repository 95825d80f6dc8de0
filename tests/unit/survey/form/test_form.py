"""What a questionnaire asks follows from the framework."""

from __future__ import annotations

import pytest

from gci.core.errors import WrongUsage
from gci.reference import seeds
from gci.survey.form.form import choices, form


def test_every_question_stands_once_under_its_indicator_and_pillar_in_the_order_of_the_framework():
    asked = form("2026")
    placed = [
        (pillar.node.node, indicator.node.node, question.node)
        for pillar in asked.pillars
        for indicator in pillar.indicators
        for question in indicator.questions
    ]
    nodes = seeds.framework("2026")
    assert [question for *_, question in placed] == [code for code, node in nodes.items() if node.level == "question"]
    for pillar, indicator, question in placed:
        assert (nodes[question].parent, nodes[question].pillar) == (indicator, pillar)
    assert asked.version == "2026v2"


def test_partial_is_a_choice_where_it_is_allowed():
    items = seeds.items("2026")
    assert choices(items["ls1.1"]) == ("yes", "no")
    assert choices(items["ls1.4"]) == ("yes", "partial", "no")


def test_an_edition_of_indicators_has_no_questionnaire_and_says_what_it_has_instead():
    with pytest.raises(WrongUsage, match=r"2024 asks no questions.*CSV.*Editions with a questionnaire: 2026"):
        form("2024")
