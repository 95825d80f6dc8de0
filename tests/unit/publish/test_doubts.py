"""What a signer reads of the worklists: words, not the codes that the tables have."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import yaml

from gci.core.paths import PROJECT
from gci.publish.causes import changed_answers, doubts
from gci.publish.doubts import FLAGS
from gci.publish.partner_changes import changed_questions

TABLES = """
create table answers (edition varchar, iso3 varchar, item varchar, answer double, source varchar, file varchar,
    return_digest varchar, review_digest varchar, review_reason varchar);
create table evidence_worklist (edition varchar, iso3 varchar, item varchar, flag varchar);
create table review_worklist (edition varchar, iso3 varchar, item varchar, check_code varchar, severity varchar,
    source varchar, question_en varchar);
"""
DOUBTED = """
insert into answers values ('2024', 'EST', 'ts2', 1, 'returned', 'EST.csv', 'd', null, null);
insert into evidence_worklist values ('2024', 'EST', 'ts2', 'placeholder');
insert into review_worklist values ('2024', 'EST', 'ts2', 'egdi_low', 'low', 'egdi', 'The index is 0.6 or more. Why?');
"""


def _file(path: Path, statements: str) -> Path:
    with duckdb.connect(str(path)) as connection:
        connection.execute(TABLES + statements)
    return path


def test_what_is_doubted_is_told_in_words(tmp_path: Path) -> None:
    before, now = _file(tmp_path / "before.duckdb", ""), _file(tmp_path / "now.duckdb", DOUBTED)
    link = "the link is a placeholder (example.com and the like)"
    partner = "The index is 0.6 or more (partner egdi, low)"
    (row,) = changed_answers(now, before, "2024")
    assert row["doubts"] == f"{link}; {partner}"
    assert {one["doubt"]: (one["answers"], one["states"]) for one in doubts(now, "2024")} == {
        link: (1, 1),
        partner: (1, 1),
    }
    (asked,) = changed_questions(before, now)
    assert (asked["remark"], asked["raised"], asked["answered"]) == ("The index is 0.6 or more.", 1, 0)


def test_every_flag_of_the_worklist_has_words() -> None:
    home = PROJECT / "dbt_project" / "models" / "marts" / "answers" / "evidence_worklist.yml"
    (model,) = yaml.safe_load(home.read_text(encoding="utf-8"))["models"]
    (flag,) = [one for one in model["columns"] if one["name"] == "flag"]
    named = re.findall(r"\b[a-z]+(?:_[a-z]+)+\b|(?<=; )[a-z]+(?= \()", flag["description"])
    assert set(named) == set(FLAGS)
