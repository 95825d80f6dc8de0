"""An edition of questions with experts, reviews and gaps, read from a DuckDB file and audited whole."""

from __future__ import annotations

import duckdb
import numpy as np
import pytest

from gci.audit.edition import read_edition
from gci.audit.plan import Plan
from gci.audit.tables import tables
from gci.audit.tables_schema import SCHEMAS
from gci.audit.whole import audit_edition
from gci.core.errors import Refused, TryAgain, WrongUsage

STATES = ("AAA", "BBB", "CCC", "DDD", "EEE", "FFF")
QUESTIONS = {"ls1.1": "ls1", "ls1.2": "ls1", "ls2.1": "ls2", "ts1.1": "ts1", "ts1.2": "ts1"}
PILLARS = {"ls1": "legal", "ls2": "legal", "ts1": "technical"}
WEIGHT = {"legal": 50, "technical": 50, "ls1": 30, "ls2": 20, "ts1": 50}
SHARE = {"ls1.1": 0.5, "ls1.2": 0.5, "ls2.1": 1, "ts1.1": 0.6, "ts1.2": 0.4}
POINTS = {
    "kim": {"ls1.1": 10, "ls1.2": 20, "ls2.1": 20, "ts1.1": 30, "ts1.2": 20},
    "lee": {"ls1.1": 20, "ls1.2": 10, "ls2.1": 20, "ts1.1": 30, "ts1.2": 20},
}
ANSWERS = {
    "AAA": [1, 1, 1, 1, 1],
    "BBB": [1, 0.5, 1, 0.5, 1],
    "CCC": [0.5, 0.5, None, 1, 0],
    "DDD": [0, 0, 0, 0.5, 0],
    "EEE": [1, 0.5, 1, 0.5, 1],
}
REVIEWED = {("AAA", "ls1.1"), ("BBB", "ls1.1")}


def score(answers):
    return sum(
        WEIGHT[QUESTIONS[question]] * SHARE[question] * (answer or 0)
        for question, answer in zip(QUESTIONS, answers, strict=True)
    )


@pytest.fixture
def database(tmp_path):
    path = tmp_path / "small.duckdb"
    with duckdb.connect(str(path)) as made:
        made.execute("create table editions (edition varchar, reference_year integer)")
        made.execute("insert into editions values ('2026', 2026), ('2024', 2024), ('2030', 2030)")
        made.execute("create table tiers (edition varchar, tier integer, label_en varchar, minimum double)")
        made.execute("insert into tiers values ('2026', 2, 'low', 0), ('2026', 1, 'high', 60)")
        made.execute(
            "create table framework (edition varchar, node varchar, parent varchar, level varchar, weight double,"
            " allows_partial boolean)"
        )
        rows = [(pillar, None, "pillar", WEIGHT[pillar], None) for pillar in ("legal", "technical")]
        rows += [(indicator, pillar, "indicator", WEIGHT[indicator], None) for indicator, pillar in PILLARS.items()]
        rows += [(item, above, "question", SHARE[item], item != "ts1.2") for item, above in QUESTIONS.items()]
        made.executemany("insert into framework values ('2026', ?, ?, ?, ?, ?)", rows)
        made.execute(
            "create table answers (edition varchar, iso3 varchar, item varchar, answer double, source varchar,"
            " taken_from varchar)"
        )
        made.executemany(
            "insert into answers values ('2026', ?, ?, ?, ?, null)",
            [
                (
                    iso3,
                    item,
                    answer,
                    "none" if answer is None else "reviewed" if (iso3, item) in REVIEWED else "returned",
                )
                for iso3, answers in ANSWERS.items()
                for item, answer in zip(QUESTIONS, answers, strict=True)
            ],
        )
        made.execute("create table overall_scores (edition varchar, iso3 varchar, score double)")
        made.executemany(
            "insert into overall_scores values ('2026', ?, ?)", [(s, score(a)) for s, a in ANSWERS.items()]
        )
        made.execute(
            "insert into overall_scores values ('2026', 'FFF', null), ('2024', 'AAA', 70), ('2024', 'DDD', 50)"
        )
        made.execute("create table weight_allotments (edition varchar, expert varchar, node varchar, points double)")
        made.executemany(
            "insert into weight_allotments values ('2026', ?, ?, ?)",
            [(expert, node, points) for expert, given in POINTS.items() for node, points in given.items()],
        )
        made.execute(
            "create table group_members (edition varchar, grouping varchar, member_group varchar, iso3 varchar)"
        )
        made.executemany("insert into group_members values ('2026', 'itu_region', 'EUR', ?)", [(s,) for s in STATES])
        made.execute(
            "create table review_outcomes"
            " (edition varchar, pillar varchar, claimed double, final double, answers integer)"
        )
        made.execute("insert into review_outcomes values ('2026', 'legal', 1, 1, 8), ('2026', 'legal', 1, 0.5, 2)")
        made.execute("insert into review_outcomes values ('2024', 'legal', 1, 0, 99)")
    return path


def test_what_an_edition_starts_from_is_read(database):
    inputs = read_edition(database, "2026")
    assert inputs.units == ("AAA", "BBB", "CCC", "DDD", "EEE")  # FFF has no score
    assert inputs.tree.item_names == tuple(QUESTIONS)
    assert inputs.levels == ("overall", "pillar", "pillar", "indicator", "indicator", "indicator", *["question"] * 5)
    assert inputs.tree.level.tolist() == [4, 3, 3, 2, 2, 2, 1, 1, 1, 1, 1]
    assert inputs.minimums == (60.0, 0.0)
    assert np.isnan(inputs.answers[2, 2])
    assert inputs.unreviewed.sum() == 24 - len(REVIEWED)
    assert inputs.partial_allowed.tolist() == [True, True, True, True, False]
    assert inputs.allotments.tolist() == [list(points.values()) for points in POINTS.values()]
    assert inputs.reviews.counts.sum() == 10
    assert inputs.before == "2024"
    assert inputs.scores_before.tolist()[0] == 70


def test_an_edition_is_audited_whole(database):
    inputs = read_edition(database, "2026")
    found = audit_edition(inputs, Plan(2000, seed=1))
    assert found.draws.nominal.tolist() == pytest.approx([score(answers) for answers in ANSWERS.values()])
    made = tables(found)
    assert set(made) == set(SCHEMAS)
    for name, table in made.items():
        assert table.schema == SCHEMAS[name]
        assert table.column_names[0] == "edition"
    (told,) = made["audit_summary"].to_pylist()
    assert told["largest_difference"] == 0
    assert told["weights_from"] == "experts"
    assert (told["states"], told["missing_answers"], told["partial_answers"]) == (5, 1, 7)
    # One kind of claim (yes, legal) was reviewed, of 2 pillars × 3 answers.
    assert told["classes_without_reviews"] == 5
    # All of 25 but the two that were reviewed, a yes each: 22 claims, and one missing.
    assert told["uncertain_answers"] == 23
    states = {row["iso3"]: row for row in made["score_uncertainty"].to_pylist()}
    # Noes that nobody reviewed may be anything, so that even DDD may be high, though less likely than not.
    assert 0 < states["DDD"]["tier_probabilities"][0] < 0.5
    # 15 points, and no two answers gain the 45 that are missing: the largest gains are 20, 20 and 15.
    assert states["DDD"]["changes_up"] == 3
    assert states["DDD"]["changes_down"] is None
    assert states["AAA"]["to_next_cut"] is None
    assert states["AAA"]["tier"] == 1
    # BBB and EEE have the same answers, of which one of BBB was reviewed.
    assert states["BBB"]["score"] == states["EEE"]["score"]
    assert states["BBB"]["score_q95"] >= states["EEE"]["score_q95"] > states["EEE"]["score_q05"]


def test_probabilities_are_those_of_the_draws_that_go_out(database):
    made = tables(audit_edition(read_edition(database, "2026"), Plan(500, seed=3)))
    draws = made["draws"].to_pandas()
    for row in made["score_uncertainty"].to_pylist():
        of_state = draws[draws["iso3"] == row["iso3"]]
        assert len(of_state) == 500
        expected = [(of_state["score"] >= 60).mean(), (of_state["score"] < 60).mean()]
        assert row["tier_probabilities"] == pytest.approx(expected)
        assert row["score_median"] == pytest.approx(of_state["score"].median(), abs=1e-9)
    pairs = {(row["iso3"], row["other"]): row for row in made["pair_probabilities"].to_pylist()}
    by_draw = draws.pivot(index="draw", columns="iso3", values="score")
    assert pairs["BBB", "CCC"]["probability"] == pytest.approx((by_draw["BBB"] > by_draw["CCC"]).mean())
    assert pairs["BBB", "EEE"]["tied"] == pytest.approx((by_draw["BBB"] == by_draw["EEE"]).mean())


def test_the_same_plan_gives_the_same_tables(database):
    runs = [tables(audit_edition(read_edition(database, "2026"), Plan(400, seed=seed))) for seed in (3, 3, 4)]
    assert all(runs[0][name].equals(runs[1][name]) for name in SCHEMAS)
    assert not runs[0]["draws"].equals(runs[2]["draws"])


def test_an_edition_that_is_not_there_is_told_with_those_that_are(database):
    with pytest.raises(WrongUsage, match=r"'2031'.*2024, 2026"):
        read_edition(database, "2031")


def test_a_framework_without_weights_is_refused(database):
    with duckdb.connect(str(database)) as made:
        made.execute("update framework set weight = null where node = 'ls1.1'")
    with pytest.raises(Refused, match=r"ls1\.1 has no weight"):
        read_edition(database, "2026")


@pytest.mark.parametrize("statement", ["drop table group_members", "alter table answers drop column source"])
def test_a_file_without_what_an_audit_starts_from_is_refused(database, statement):
    with duckdb.connect(str(database)) as made:
        made.execute(statement)
    with pytest.raises(Refused, match="made by another version"):
        read_edition(database, "2026")


def test_files_without_reviews_or_tiers_are_audited_without_them(database):
    with duckdb.connect(str(database)) as made:
        made.execute("drop table review_outcomes")
        made.execute("drop table tiers")
    inputs = read_edition(database, "2026")
    assert inputs.reviews is None
    assert inputs.minimums == (95.0, 85.0, 55.0, 20.0, 0.0)  # as the edition's own table of tiers has them


def test_a_file_that_is_no_duckdb_file_is_told(tmp_path):
    (tmp_path / "other.duckdb").write_bytes(b"something else" * 1000)
    with pytest.raises(TryAgain, match=r"other\.duckdb"):
        read_edition(tmp_path / "other.duckdb", "2026")


def test_an_edition_with_ranks_alone_has_figures_without_tiers(database):
    with duckdb.connect(str(database)) as made:
        made.execute("delete from tiers")
    made = tables(audit_edition(read_edition(database, "2026"), Plan(50)))
    assert made["fragility"].num_rows == 0
    assert made["draws"]["tier"].null_count == made["draws"].num_rows
    assert {row["tier_probabilities"] for row in made["score_uncertainty"].to_pylist()} == {None}
    assert {row["outcome"] for row in made["method_sensitivity"].to_pylist()} == {"rank_shift"}
