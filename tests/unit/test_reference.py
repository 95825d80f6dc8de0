"""The typed reader of the seeds, on the seeds that the project carries."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from gci import reference
from gci.errors import WrongUsage


def test_editions_come_oldest_first_with_what_decides_how_answers_are_read():
    assert list(reference.editions())[:2] == ["2020", "2024"]
    edition = reference.edition("2024")
    assert edition.item_level == "indicator"
    assert edition.rank_rule == "tiers"
    assert edition.published_on == date(2024, 9, 12)


def test_an_unknown_edition_is_named_with_the_known_ones():
    with pytest.raises(WrongUsage, match=r"no edition '2019'.*2020, 2024"):
        reference.items("2019")


@pytest.mark.parametrize("ask", [reference.edition, reference.framework, reference.items, reference.members])
def test_every_question_about_an_unknown_edition_is_refused(ask):
    with pytest.raises(WrongUsage):
        ask("")


def test_items_are_the_leaves_with_exact_weights():
    items = reference.items("2020")
    assert len(items) == 20
    assert items["ls1"].weight + items["ls2"].weight == 20
    assert items["ls1"].weight == Fraction(374400, 40763)
    assert items["ts4"].concept == reference.items("2024")["os4"].concept == "child_online_protection"
    assert items["ts4"].allows_partial is None
    assert "technical" not in items


def test_a_framework_has_pillars_without_parent():
    nodes = reference.framework("2024")
    assert [code for code, node in nodes.items() if node.parent is None] == [
        "legal",
        "technical",
        "organizational",
        "capacity_development",
        "cooperation",
    ]
    assert "ts4" not in nodes


def test_members_and_their_codes():
    assert len(reference.members("2020")) == len(reference.members("2024")) == 194
    assert reference.members("2026") - reference.members("2024") == {"PLW"}
    assert reference.members("2024") <= reference.member_states().keys()
    assert reference.iso3_by_iso2()["NA"] == "NAM"
    assert reference.iso3_by_m49()["004"] == "AFG"
    assert reference.member_states()["CIV"].names["fr"] == "Côte d’Ivoire"


def test_aliases_are_read_as_written():
    assert reference.aliases()["Korea, Rep."] == "KOR"
    assert set(reference.aliases().values()) <= reference.member_states().keys()
