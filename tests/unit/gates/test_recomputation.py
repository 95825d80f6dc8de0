"""The second computation, on figures small enough to be done by hand: 2 indicators, one of them of 2 questions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from gci.core.paths import EXPECTATIONS
from gci.gates.inputs import Inputs
from gci.gates.suite import load_recomputation, load_suite
from gci.gates.validation_database import Bench, open_bench

FRAMEWORK = "edition,node,parent,level,pillar,concept,weight_numerator,weight_denominator\n"
SEEDS = {
    "seed_editions.csv": "edition,reference_year,status,item_level,rank_rule\n"
    "2024,2024,published,indicator,dense_2dp\n2026,2026,open,question,tiers\n2028,2028,open,question,tiers\n",
    "seed_membership.csv": "edition,iso3\n2024,EST\n2024,NAM\n2024,VAT\n2026,EST\n2026,NAM\n2026,VAT\n",
    "seed_round_events.csv": "edition,iso3,event,day\n2026,VAT,left,2026-03-01\n2026,VAT,joined,2026-04-01\n",
    "seed_tiers.csv": "edition,tier,minimum\n2026,1,95\n2026,2,15\n2026,3,0\n",
    "seed_member_states.csv": "iso3,name_en\nEST,Estonia\nNAM,Namibia\nVAT,Vatican\n",
    "seed_member_state_groups.csv": "iso3,grouping,member_group,valid_from,valid_to,basis\n"
    "EST,income,high,2000-01-01,2025-12-31,listed\nNAM,income,high,2026-12-31,,carried_on\n"
    "VAT,income,high,2027-01-01,,listed\n",
    "seed_composed_groups.csv": "grouping,member_group,part_grouping,part_member_group\n"
    "development,developing,income,high\ndevelopment,developing,state,VAT\n",
    "frameworks/seed_framework_2024.csv": FRAMEWORK
    + "2024,legal,,pillar,legal,legal,20,1\n2024,ls1,legal,indicator,legal,law,15,1\n"
    "2024,ls2,legal,indicator,legal,rules,5,1\n",
    "frameworks/seed_framework_2026.csv": FRAMEWORK
    + "2026,legal,,pillar,legal,legal,20,1\n2026,ls1,legal,indicator,legal,law,15,1\n"
    "2026,ls3,legal,indicator,legal,courts,5,1\n2026,ls1.a,ls1,question,legal,law,1,3\n"
    "2026,ls1.b,ls1,question,legal,law,2,3\n2026,ls3.a,ls3,question,legal,courts,1,1\n",
}
FILE = """
create table editions as select * from (values ('2024', 1), ('2026', 1), ('2028', null)) as t (edition, vintage);
create table answers (edition varchar, iso3 varchar, item varchar, answer double);
insert into answers values
    ('2024', 'EST', 'ls1', 1), ('2024', 'EST', 'ls2', 0.5), ('2024', 'NAM', 'ls1', 1), ('2024', 'NAM', 'ls2', 0.5),
    ('2024', 'VAT', 'ls1', null), ('2024', 'VAT', 'ls2', null),
    ('2026', 'EST', 'ls1.a', 1), ('2026', 'EST', 'ls1.b', 0.5), ('2026', 'EST', 'ls3.a', 1),
    ('2026', 'NAM', 'ls1.a', 0), ('2026', 'NAM', 'ls1.b', null), ('2026', 'NAM', 'ls3.a', 0);
create table group_members (edition varchar, grouping varchar, member_group varchar, iso3 varchar, basis varchar);
create table overall_scores (edition varchar, iso3 varchar, respondent_status varchar);
insert into overall_scores values ('2024', 'VAT', 'no_data');
"""


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    for name, text in SEEDS.items():
        file = tmp_path / "seeds" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    file = tmp_path / "file.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute(FILE)
    tables = {table.name: table for table in load_suite("built", EXPECTATIONS).tables}
    sql = load_recomputation(EXPECTATIONS)
    with open_bench(file, None, Inputs(tmp_path / "landing"), tables, tmp_path / "seeds", sql) as opened:
        yield opened


def rows(bench: Bench, sql: str) -> list[tuple[object, ...]]:
    return bench.connection.execute(sql).fetchall()


def test_points_are_the_share_of_the_question_in_the_weight_of_the_indicator(bench: Bench) -> None:
    assert rows(
        bench, "select item, points from recomputed.answers where edition = '2026' and iso3 = 'EST' order by 1"
    ) == [
        ("ls1.a", pytest.approx(5)),
        ("ls1.b", pytest.approx(5)),
        ("ls3.a", 5),
    ]


def test_scores_add_up_and_missing_is_not_zero(bench: Bench) -> None:
    assert rows(bench, "select edition, iso3, score, answered, items from recomputed.overall order by 1, 2") == [
        ("2024", "EST", 17.5, 2, 2),
        ("2024", "NAM", 17.5, 2, 2),
        ("2024", "VAT", None, 0, 2),
        ("2026", "EST", pytest.approx(15), 3, 3),
        ("2026", "NAM", 0, 2, 3),
        ("2026", "VAT", None, 0, 3),
    ]


def test_equal_scores_share_a_rank_and_tiers_take_the_highest_threshold_reached(bench: Bench) -> None:
    assert rows(bench, "select edition, iso3, rank, tier from recomputed.overall order by 1, 2") == [
        ("2024", "EST", 1, None),
        ("2024", "NAM", 1, None),
        ("2024", "VAT", None, None),
        ("2026", "EST", None, 2),
        ("2026", "NAM", None, 3),
        ("2026", "VAT", None, None),
    ]


def test_groups_are_those_of_the_last_day_of_the_reference_year(bench: Bench) -> None:
    assert rows(
        bench, "select edition, iso3 from recomputed.group_members where member_group = 'high' order by 1, 2"
    ) == [
        ("2024", "EST"),
        ("2026", "NAM"),
    ]


def test_a_group_composed_of_others_has_their_members_and_the_states_named(bench: Bench) -> None:
    assert rows(
        bench, "select edition, iso3 from recomputed.group_members where member_group = 'developing' order by 1, 2"
    ) == [("2024", "EST"), ("2024", "VAT"), ("2026", "NAM"), ("2026", "VAT")]


def test_concepts_that_moved_are_named(bench: Bench) -> None:
    assert rows(bench, "select dimension, gone, new from recomputed.moved_concepts order by 1") == [
        ("legal", ["rules"], ["courts"]),
        ("overall", ["rules"], ["courts"]),
    ]


def test_an_edition_without_a_vintage_is_not_due(bench: Bench) -> None:
    assert rows(bench, "select edition from recomputed.editions order by 1") == [("2024",), ("2026",)]


def test_no_data_is_known_from_the_file(bench: Bench) -> None:
    assert rows(
        bench, "select distinct has_data from recomputed.with_data where edition = '2024' and iso3 = 'VAT'"
    ) == [(False,)]
