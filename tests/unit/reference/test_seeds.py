"""The typed reader of the seeds, on the seeds that the project carries."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from gci.core.errors import WrongUsage
from gci.reference import seeds


def test_editions_come_oldest_first_with_what_decides_how_answers_are_read():
    assert list(seeds.editions())[:2] == ["2020", "2024"]
    edition = seeds.edition("2024")
    assert edition.item_level == "indicator"
    assert edition.rank_rule == "tiers"
    assert edition.published_on == date(2024, 9, 12)


def test_an_unknown_edition_is_named_with_the_known_ones():
    with pytest.raises(WrongUsage, match=r"no edition '2019'.*2020, 2024"):
        seeds.items("2019")


@pytest.mark.parametrize("ask", [seeds.edition, seeds.framework, seeds.items, seeds.members])
def test_every_question_about_an_unknown_edition_is_refused(ask):
    with pytest.raises(WrongUsage):
        ask("")


def test_items_are_the_leaves_with_exact_weights():
    items = seeds.items("2020")
    assert len(items) == 20
    assert items["ls1"].weight + items["ls2"].weight == 20
    assert items["ls1"].weight == Fraction(374400, 40763)
    assert items["ts4"].concept == seeds.items("2024")["os4"].concept == "child_online_protection"
    assert items["ts4"].allows_partial is None
    assert "technical" not in items


def test_a_framework_has_pillars_without_parent():
    nodes = seeds.framework("2024")
    assert [code for code, node in nodes.items() if node.parent is None] == [
        "legal",
        "technical",
        "organizational",
        "capacity_development",
        "cooperation",
    ]
    assert "ts4" not in nodes


def test_members_and_their_codes():
    assert len(seeds.members("2020")) == len(seeds.members("2024")) == 194
    assert seeds.members("2026") - seeds.members("2024") == {"PLW"}
    assert seeds.members("2024") <= seeds.member_states().keys()
    assert seeds.iso3_by_iso2()["NA"] == "NAM"
    assert seeds.iso3_by_m49()["004"] == "AFG"
    assert seeds.member_states()["CIV"].names["fr"] == "Côte d’Ivoire"


def test_aliases_are_read_as_written():
    assert seeds.aliases()["Korea, Rep."] == "KOR"
    assert set(seeds.aliases().values()) <= seeds.member_states().keys()
