"""What a vintage changes by a decision alone is told with that decision: which stands, or which took it back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from gci.inspection.diff import _because, _by_decisions
from gci.publish.changes import changes, decided
from gci.publish.notes import notes

TABLES = """
create table editions (edition varchar primary key, vintage integer, title_en varchar);
create table overall_scores (edition varchar, iso3 varchar, score double, rank integer, tier integer,
    respondent_status varchar, primary key (edition, iso3));
create table answers (edition varchar, iso3 varchar, item varchar, answer double, primary key (edition, iso3, item));
create table decisions (id varchar primary key, kind varchar, edition varchar, iso3 varchar, subject varchar,
    was varchar, value varchar, day date, reason varchar, approver varchar, decided_on date, answers varchar,
    answered_by varchar, vintage integer, decision_digest varchar);
"""
DECIDED = """
insert into decisions values
    ('b-first', 'override', '2024', null, 'title_en', null, 'Index', null, 'shorter', 'Bo Chen', '2026-01-02',
        null, 'a-then', 2, 'd1'),
    ('a-then', 'override', '2024', null, 'title_en', null, 'GCI', null, 'as printed', 'Bo Chen', '2026-01-03',
        'b-first', null, 2, 'd2'),
    ('status', 'override', '2024', 'FRA', 'respondent_status', null, 'responded', null, 'a letter', 'Bo Chen',
        '2026-01-02', null, {status_answered_by}, 2, 'd3')
"""
BACK = """
insert into decisions values ('back', 'revocation', '2024', null, null, null, null, null, 'a slip', 'Di Roe',
    '2026-01-04', 'status', null, 3, 'd4')
"""


def _file(path: Path, vintage: int, title: str, status: str, decisions: str = "") -> Path:
    with duckdb.connect(str(path)) as connection:
        connection.execute(TABLES + decisions)
        connection.execute("insert into editions values ('2024', ?, ?)", [vintage, title])
        connection.execute("insert into overall_scores values ('2024', 'FRA', 98.5, null, 1, ?)", [status])
    return path


@pytest.fixture
def three(tmp_path: Path) -> tuple[Path, Path, Path]:
    stands, taken_back = (DECIDED.format(status_answered_by=by) for by in ("null", "'back'"))
    return (
        _file(tmp_path / "1.duckdb", 1, "Global", "unknown"),
        _file(tmp_path / "2.duckdb", 2, "GCI", "responded", stands),
        _file(tmp_path / "3.duckdb", 3, "GCI", "unknown", taken_back + ";" + BACK),
    )


def _told(cells: list[dict[str, Any]]) -> dict[str, tuple[str, str, str, str]]:
    return {one["column"]: (one["class"], one["reason"], one["approver"], one["cause"]) for one in cells}


def test_the_decision_that_stands_is_behind_it_and_not_the_one_that_it_answered(three: tuple[Path, ...]) -> None:
    assert _told(changes(three[0], three[1], "2024")) == {
        "respondent_status": ("reference data", "status: a letter", "Bo Chen", "d3"),
        "title_en": ("reference data", "a-then: as printed", "Bo Chen", "d2"),
    }


def test_what_was_taken_back_is_told_with_the_revocation(three: tuple[Path, ...]) -> None:
    assert _told(changes(three[1], three[2], "2024")) == {
        "respondent_status": ("reference data", "back: a slip", "Di Roe", "d4")
    }


def test_a_diff_names_the_decision_behind_a_status(three: tuple[Path, ...]) -> None:
    cells, listed = (told(three[0], three[1], "2024") for told in (changes, decided))
    assert _because("FRA", {"answers": [], "framework": []}, _by_decisions(cells, listed)) == "status: a letter"


def test_notes_say_which_decision_another_one_answers(three: tuple[Path, ...]) -> None:
    document = {"edition": "2024", "vintage": 3, "since": 2, "synthetic": False, "changes": []}
    told = notes(document | {"decisions": decided(three[1], three[2], "2024")}, {})
    assert "- back: revocation (answers status). a slip. Approved by Di Roe." in told


ANSWERED = """
alter table answers add column pillar varchar;
alter table answers add column return_digest varchar;
alter table answers add column review_digest varchar;
alter table answers add column review_reason varchar;
alter table answers add column file varchar;
alter table answers add column reason varchar;
create table revisions (edition varchar, vintage integer, iso3 varchar, dimension varchar, class varchar,
    reason varchar, approver varchar, cause_digest varchar);
insert into answers by name select '2024' as edition, 'FRA' as iso3, 'ls1' as item, {answer} as answer,
    'legal' as pillar, {digest} as return_digest, 'FRA.csv' as file;
"""


@pytest.mark.parametrize(
    ("cause", "told"),
    [("d4", ("error", "back: a slip", "Di Roe", "d4")), ("r1", ("late return", "newer return FRA.csv", None, "r1"))],
)
def test_a_return_that_counts_again_by_a_decision_is_no_newer_one(
    tmp_path: Path, cause: str, told: tuple[str, str, str | None, str]
) -> None:
    revision = f"insert into revisions values ('2024', 3, 'FRA', 'legal', 'error', 'back: a slip', 'Di Roe', '{cause}')"
    before = _file(tmp_path / "2.duckdb", 2, "GCI", "unknown", ANSWERED.format(answer="null", digest="null"))
    answered = ANSWERED.format(answer="1", digest="'r1'")
    now = _file(tmp_path / "3.duckdb", 3, "GCI", "unknown", ";".join([answered, BACK, revision]))
    assert _told(changes(before, now, "2024")) == {"answer": told}
