"""A published file with an edition of indicators, and one with an edition of questions, as small as they can be."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

SHAPE = """
create table editions (edition varchar, reference_year integer, item_level varchar, vintage integer);
create table framework (edition varchar, node varchar, concept varchar);
create table answers
    (edition varchar, iso3 varchar, item varchar, answer double, evidence_url varchar, comment varchar);
create table indicator_scores (edition varchar, iso3 varchar, concept varchar, score double);
create table overall_scores (edition varchar, iso3 varchar, respondent_status varchar);
"""
OF_INDICATORS = """
insert into editions values
    ('2020', 2020, 'indicator', 1), ('2024', 2024, 'indicator', 2), ('2026', 2026, 'question', null);
insert into framework values ('2024', 'ls1', 'cybercrime_substantive_law');
insert into answers values ('2024', 'EST', 'ls1', 0.875, 'https://example.int', null);
insert into indicator_scores values
    ('2020', 'EST', 'national_cirt', 0.25), ('2024', 'EST', 'cybercrime_substantive_law', 0.875),
    ('2024', 'EST', 'national_cirt', null), ('2024', 'VAT', 'cybercrime_substantive_law', 0);
insert into overall_scores values
    ('2020', 'EST', 'responded'), ('2024', 'EST', 'unknown'), ('2024', 'VAT', 'no_data');
"""
# An edition of questions between 2024 and 2026, under codes of its own: what ties its questions to ours is the concept.
OF_QUESTIONS = """
insert into editions values ('2024', 2024, 'indicator', 1), ('2025', 2025, 'question', 1);
insert into framework values
    ('2025', 'x1', 'illegal_access'), ('2025', 'x2', 'illegal_interception'), ('2025', 'x3', 'breach_notification'),
    ('2025', 'x4', 'asked_no_more'), ('2025', 'x5', 'online_identity_theft');
insert into answers values
    ('2025', 'EST', 'x1', 1, 'https://example.int/act', '=cmd|''/c calc''!A1'),
    ('2025', 'EST', 'x2', 0.5, null, null), ('2025', 'EST', 'x3', 0.5, null, 'since 2019'),
    ('2025', 'EST', 'x4', 1, null, null), ('2025', 'EST', 'x5', null, null, null), ('2025', 'FIN', 'x1', 0, null, null);
insert into indicator_scores values ('2025', 'EST', 'cybercrime_substantive_law', 0.5);
insert into overall_scores values ('2025', 'EST', 'responded'), ('2025', 'FIN', 'responded');
"""


def _file(path: Path, rows: str) -> Path:
    with duckdb.connect(str(path)) as connection:
        connection.execute(SHAPE + rows)
    return path


@pytest.fixture
def of_indicators(tmp_path: Path) -> Path:
    return _file(tmp_path / "indicators.duckdb", OF_INDICATORS)


@pytest.fixture
def of_questions(tmp_path: Path) -> Path:
    return _file(tmp_path / "questions.duckdb", OF_QUESTIONS)
