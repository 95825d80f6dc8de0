"""`gci audit` on files, held against the same figures computed in the plainest way."""

from __future__ import annotations

import csv
from fractions import Fraction

import numpy as np
import pytest

import audit_peer as peer
from command_line import gci
from gci.cli import load

TREE = {"root": "", "a": "root", "b": "root", "x": "root", "a1": "a", "a2": "a", "b1": "b", "p": "a1", "q": "a1"}
LEVELS = {"root": 4, "a": 3, "b": 3, "x": 1, "a1": 2, "a2": 1, "b1": 1, "p": 1, "q": 1}
WEIGHTS = {"root": None, "a": 2, "b": 1, "x": 1, "a1": 3, "a2": 1, "b1": 5, "p": 0.5, "q": 1.5}
ITEMS = ["q", "b1", "x", "a2", "p"]  # another order than that of the framework
FRAMEWORK = [["node", "parent", "level", "weight"], *([one, TREE[one], LEVELS[one], WEIGHTS[one]] for one in TREE)]


@pytest.fixture
def audited(write, tmp_path, some_answers):
    """Run the command on a matrix; gives the folder written to."""

    def run(*options, answers=None, framework=FRAMEWORK, out="out"):
        values = some_answers if answers is None else answers
        rows = [
            [f"u{place}", *(None if cell != cell else f"{cell:g}" for cell in row)] for place, row in enumerate(values)
        ]
        arguments = ["--answers", write("A.csv", [["unit", *ITEMS], *rows]), "--framework", write("F.csv", framework)]
        load("audit").main([*map(str, arguments), "--out", str(tmp_path / out), *options], standalone_mode=False)
        return tmp_path / out

    return run


def table(path):
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def matrix(path):
    """Row name → its values by column, None where empty."""
    return {
        row.pop("unit" if "unit" in row else "node"): {
            name: float(cell) if cell else None for name, cell in row.items()
        }
        for row in table(path)
    }


@pytest.mark.parametrize("missing", ["zero", "reweight"])
@pytest.mark.parametrize("rank", ["competition", "dense"])
def test_every_score_rank_and_interval_is_what_the_plainest_computation_gives(audited, some_answers, missing, rank):
    out = audited("--missing", missing, "--rank", rank, "--replications", "40", "--seed", "5")
    scores, places = matrix(out / "scores.csv"), matrix(out / "ranks.csv")
    drawn = matrix(out / "weights_used.csv")
    assert list(next(iter(scores.values()))) == ["nominal", *(f"r_{number}" for number in range(1, 41))]
    for column in next(iter(scores.values())):
        used = WEIGHTS if column == "nominal" else {node: row[column] for node, row in drawn.items()}
        expected = []
        for values in some_answers:
            answers = {item: None if cell != cell else Fraction(cell) for item, cell in zip(ITEMS, values, strict=True)}
            expected.append(peer.score(TREE, answers, used, missing))
        rounded = [None if one is None else round(float(one), 9) for one in expected]
        assert [scores[f"u{place}"][column] for place in range(24)] == pytest.approx(rounded, abs=1.1e-9)
        assert [places[f"u{place}"][column] for place in range(24)] == peer.ranks(rounded, rank)
    for row in table(out / "intervals.csv"):
        found = [value for name, value in places[row["unit"]].items() if name != "nominal" and value is not None]
        assert list(row) == ["unit", "nominal", "mean", "median", "q05", "q95"]
        if not found:
            assert list(row.values())[1:] == [""] * 5
            continue
        assert float(row["nominal"]) == places[row["unit"]]["nominal"]
        expected = [np.mean(found), *(peer.quantile(found, share) for share in (0.5, 0.05, 0.95))]
        assert [float(row[name]) for name in ("mean", "median", "q05", "q95")] == pytest.approx(expected, abs=1e-8)


def test_a_unit_without_any_answer_has_no_score_where_siblings_share_and_zero_where_missing_counts_zero(audited):
    assert matrix(audited("--missing", "reweight", "--replications", "3") / "scores.csv")["u3"]["r_2"] is None
    assert matrix(audited("--missing", "zero", "--replications", "3") / "scores.csv")["u3"]["r_2"] == 0


def test_equal_answers_have_equal_ranks_in_every_replication(audited):
    places = matrix(audited("--replications", "300") / "ranks.csv")
    assert places["u7"] == places["u12"]


def test_drawn_weights_lie_within_the_spread_and_sum_to_one_under_each_parent(audited):
    drawn = matrix(audited("--replications", "200", "--spread", "0.1") / "weights_used.csv")
    assert set(drawn) == set(TREE) - {"root"}
    for column in next(iter(drawn.values())):
        for parent in ("root", "a", "a1", "b"):
            below = [node for node in TREE if TREE[node] == parent]
            assert sum(drawn[node][column] for node in below) == pytest.approx(1)
            moved = [drawn[node][column] / WEIGHTS[node] for node in below]
            assert max(moved) / min(moved) < 1.1 / 0.9 + 1e-9
    ratios = [row["a"] / row["b"] for row in ({node: drawn[node][f"r_{n}"] for node in drawn} for n in range(1, 201))]
    assert min(ratios) < 1.75
    assert max(ratios) > 2.25  # both ends of 2 · 0.9 / 1.1 to 2 · 1.1 / 0.9 are reached, near enough


def test_weights_that_were_written_give_the_same_scores_when_they_are_used(audited, tmp_path):
    first = audited("--replications", "25", "--seed", "8", "--missing", "reweight")
    again = audited("--weights-used", str(first / "weights_used.csv"), "--missing", "reweight", out="again")
    names = sorted(path.name for path in first.iterdir())
    assert names == ["coherence.csv", "intervals.csv", "ranks.csv", "scores.csv", "weights_used.csv"]
    for name in set(names) - {"weights_used.csv"}:
        assert (first / name).read_bytes() == (again / name).read_bytes(), name


def test_weights_used_need_not_sum_to_one_and_may_name_the_root(audited, write):
    given = [[node, weight or 7, 10 * (weight or 0), 1] for node, weight in WEIGHTS.items()]
    scores = matrix(
        audited("--weights-used", str(write("W.csv", [["node", "r_1", "r_2", "r_3"], *given]))) / "scores.csv"
    )
    for row in scores.values():
        assert row["nominal"] == row["r_1"] == row["r_2"]
    assert any(row["r_3"] != row["nominal"] for row in scores.values())


def test_the_same_seed_gives_the_same_bytes_and_another_one_others(audited):
    runs = [audited("--replications", "600", "--seed", seed, out=f"out{at}") for at, seed in enumerate(["3", "3", "4"])]
    content = [[path.read_bytes() for path in sorted(run.iterdir())] for run in runs]
    assert content[0] == content[1]
    assert content[0] != content[2]


def test_more_replications_begin_with_the_fewer(audited):
    few, many = (matrix(audited("--replications", count, out=count) / "scores.csv") for count in ("20", "400"))
    for unit, row in few.items():
        assert row.items() <= many[unit].items()


@pytest.mark.parametrize("missing", ["zero", "reweight"])
def test_alpha_is_that_of_the_childrens_values(audited, some_answers, missing):
    rows = {row["node"]: row for row in table(audited("--missing", missing, "--replications", "1") / "coherence.csv")}
    assert list(rows) == ["root", "a", "b", "a1"]
    assert [row["children"] for row in rows.values()] == ["3", "2", "1", "2"]
    assert rows["b"]["alpha"] == ""
    items = {item: some_answers[:, place] for place, item in enumerate(ITEMS)}
    if missing == "zero":
        items = {item: np.nan_to_num(column) for item, column in items.items()}
    assert float(rows["a1"]["alpha"]) == pytest.approx(peer.alpha({"p": items["p"], "q": items["q"]}), abs=1e-9)
    pair = np.column_stack([items["p"], items["q"]])
    weight = np.where(np.isnan(pair), 0, [0.5, 1.5])
    with np.errstate(invalid="ignore"):
        a1 = np.nansum(pair * weight, axis=1) / weight.sum(axis=1)
    assert float(rows["a"]["alpha"]) == pytest.approx(peer.alpha({"a1": a1, "a2": items["a2"]}), abs=1e-9)


def test_the_folder_may_be_the_one_that_the_command_runs_in(write, tmp_path):
    write("A.csv", [["unit", "x"], ['A, "b"', None]])
    write("F.csv", [["node", "parent", "level", "weight"], ["r", None, 2, None], ["x", "r", 1, 3]])
    done = gci(
        tmp_path, "audit", "--answers", "A.csv", "--framework", "F.csv", "--out", ".", "--missing", "reweight", "--json"
    )
    assert done.document["without_score"] == ['A, "b"']
    assert {path.name for path in tmp_path.iterdir()} == {"A.csv", "F.csv", *done.document["files"]}
    assert table(tmp_path / "intervals.csv") == [
        dict.fromkeys(("nominal", "mean", "median", "q05", "q95"), "") | {"unit": 'A, "b"'}
    ]
