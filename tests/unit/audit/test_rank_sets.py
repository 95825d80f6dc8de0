"""Confidence sets for ranks: figures of csranks, cases to work out by hand, and the coverage that the paper proves."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from gci.audit.rank_sets import rank_sets
from gci.audit.simulation import stream

# OECD, PISA 2018: mean scores in mathematics of member countries, with their standard errors.
PISA = Path(__file__).with_name("pisa_2018_math.csv")


def normal(deviations, draws, seed=1):
    """Errors of independent estimates, (draws, N)."""
    return stream(seed).standard_normal((draws, len(deviations))) * np.asarray(deviations)


def test_ten_populations_have_the_sets_that_csranks_documents():
    # `csranks(seq(1, 3, length = 10), rep(0.2, 10))`, whose rank 1 is the highest, in the reference pages of csranks.
    sets = rank_sets(np.linspace(1, 3, 10), normal([0.2] * 10, 20_000))
    assert sets.best.tolist() == [7, 6, 5, 4, 3, 2, 1, 1, 1, 1]
    assert sets.worst.tolist() == [10, 10, 10, 10, 9, 8, 7, 6, 5, 4]


def test_pisa_has_the_sets_that_the_vignette_of_csranks_tells():
    with PISA.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    states = [row["state"] for row in rows]
    scores, errors = ([float(row[name]) for row in rows] for name in ("score", "standard_error"))
    alone = rank_sets(np.array(scores), normal(errors, 20_000), simultaneous=False)
    kingdom = states.index("United Kingdom")
    assert 1 + sum(score > scores[kingdom] for score in scores) == 13
    assert (alone.best[kingdom], alone.worst[kingdom]) == (7, 23)
    together = rank_sets(np.array(scores), normal(errors, 20_000))
    last = [states.index(name) for name in ("Chile", "Mexico", "Colombia")]
    others = [place for place in range(len(states)) if place not in last]
    assert min(together.best[last]) > max(together.worst[others])  # "do not overlap with those of the other countries"
    germany, korea = states.index("Germany"), states.index("Korea")
    assert together.best[germany] <= 7 <= together.worst[korea]  # "their confidence sets both contain rank 7"
    less_sure = rank_sets(np.array(scores), normal(errors, 20_000), coverage=0.75)
    assert less_sure.best[germany] > less_sure.worst[korea]  # "at lower levels … do not overlap"


def test_units_far_apart_are_ranked_and_units_alike_are_not():
    far = rank_sets(np.array([10.0, 30.0, 20.0]), normal([0.1] * 3, 500))
    assert list(zip(far.best, far.worst, strict=True)) == [(3, 3), (1, 1), (2, 2)]
    alike = rank_sets(np.array([1.0, 1.0, 1.0]), normal([1.0] * 3, 500))
    assert list(zip(alike.best, alike.worst, strict=True)) == [(1, 3)] * 3


def test_what_moves_together_is_told_apart_however_far_it_moves():
    common = stream(3).standard_normal((1000, 1)) * 100
    errors = np.hstack([common, common, common]) + normal([0.01, 0.01, 0.01], 1000)
    sets = rank_sets(np.array([1.0, 2.0, 3.0]), errors)
    assert sets.best.tolist() == sets.worst.tolist() == [3, 2, 1]


def test_without_any_error_equal_units_share_their_ranks_and_others_are_told_apart():
    sets = rank_sets(np.array([5.0, 9.0, 5.0, 1.0]), np.zeros((50, 4)))
    assert sets.best.tolist() == [2, 1, 2, 4]
    assert sets.worst.tolist() == [3, 1, 3, 4]


@pytest.mark.parametrize("simultaneous", [True, False])
def test_stepping_down_only_makes_sets_smaller(simultaneous):
    estimates = np.sort(stream(5).random(25) * 10)
    errors = normal([0.3] * 25, 3000)
    once = rank_sets(estimates, errors, simultaneous=simultaneous, stepdown=False)
    down = rank_sets(estimates, errors, simultaneous=simultaneous)
    assert (down.best >= once.best).all()
    assert (down.worst <= once.worst).all()
    assert (down.worst - down.best).sum() < (once.worst - once.best).sum()


@pytest.mark.parametrize(("coverage", "draws"), [(0.95, 300), (0.8, 300)])
def test_all_true_ranks_lie_in_their_sets_as_often_as_is_promised(coverage, draws):
    true = np.array([0.0, 0.2, 0.3, 1.0, 1.1, 2.0, 2.05, 4.0])
    ranks = 1 + (true[None, :] > true[:, None]).sum(axis=1)
    deviations = np.array([0.2, 0.3, 0.2, 0.4, 0.2, 0.3, 0.2, 0.2])
    held = 0
    for trial in range(draws):
        estimates = true + normal(deviations, 1, seed=10_000 + trial)[0]
        sets = rank_sets(estimates, normal(deviations, 500, seed=20_000 + trial), coverage)
        held += bool(((sets.best <= ranks) & (ranks <= sets.worst)).all())
    # More than three standard errors of a share below what is promised is chance once in a thousand seeds.
    assert held / draws > coverage - 3 * np.sqrt(coverage * (1 - coverage) / draws)


def test_the_rank_of_one_unit_lies_in_its_own_set_as_often_as_is_promised():
    true = np.array([0.0, 0.4, 0.5, 0.6, 2.0])
    held = 0
    for trial in range(300):
        estimates = true + normal([0.3] * 5, 1, seed=30_000 + trial)[0]
        sets = rank_sets(estimates, normal([0.3] * 5, 500, seed=40_000 + trial), simultaneous=False)
        held += bool(sets.best[2] <= 3 <= sets.worst[2])
    assert held / 300 > 0.95 - 3 * np.sqrt(0.95 * 0.05 / 300)
