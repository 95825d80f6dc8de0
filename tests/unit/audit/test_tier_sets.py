"""Tiers of many draws: probabilities, sets that hold for all at once, and the order of pairs."""

from __future__ import annotations

import numpy as np
import pytest

from gci.audit.pairs import indistinct, orders
from gci.audit.ranks import ranks, tiers
from gci.audit.tier_sets import central, probabilities, tier_sets

MINIMUMS = (95.0, 85.0, 55.0, 20.0, 0.0)


def test_tiers_begin_at_their_minimum():
    scores = np.array([100, 95, 94.999999999, 85, 55, 54.999999999, 20, 19.999999999, 0, np.nan])
    assert tiers(scores, MINIMUMS).tolist() == [1, 1, 2, 2, 3, 4, 4, 5, 5, 0]


def test_all_units_lie_in_their_sets_at_once_in_at_least_the_share_that_is_promised():
    dice = np.random.default_rng(4)
    nominal = np.sort(dice.random(60) * 100)
    draws = np.round(nominal + dice.normal(0, 1.5, (4000, 60)), 9)
    named, drawn = tiers(nominal, MINIMUMS), tiers(draws, MINIMUMS)
    kept = central(nominal, draws, 0.95)
    assert kept.mean() == pytest.approx(0.95)
    sets = tier_sets(named, drawn, kept)
    inside = ((sets.best <= drawn) & (drawn <= sets.worst)).all(axis=1)
    assert inside.mean() >= 0.95
    assert ((sets.best <= named) & (named <= sets.worst)).all()
    assert (sets.best == sets.worst).mean() > 0.4
    # Tiers that are likely for a unit by itself are in its set.
    share = probabilities(drawn, 5)
    assert share.sum(axis=1) == pytest.approx(1)
    for unit, tier in zip(*np.nonzero(share > 0.05), strict=True):
        assert sets.best[unit] <= tier + 1 <= sets.worst[unit]


def test_without_any_draw_that_differs_the_set_is_the_tier():
    nominal = np.array([96.0, 54.0])
    draws = np.tile(nominal, (10, 1))
    sets = tier_sets(tiers(nominal, MINIMUMS), tiers(draws, MINIMUMS), central(nominal, draws, 0.95))
    assert sets.best.tolist() == sets.worst.tolist() == [1, 4]


def test_the_order_of_pairs_is_counted_with_ties_apart():
    draws = np.array([[1.0, 2.0, 2.0], [3.0, 2.0, 2.0], [1.0, 2.0, 1.0], [1.0, 1.0, 0.0]])
    found = orders(ranks(draws))
    assert found.above.tolist() == [[0, 0.25, 0.5], [0.5, 0, 0.5], [0.25, 0, 0]]
    assert found.tied.tolist() == [[1, 0.25, 0.25], [0.25, 1, 0.5], [0.25, 0.5, 1]]


def test_differences_say_nothing_up_to_where_unsure_pairs_lie():
    nominal = np.array([0.0, 1.0, 3.0, 50.0])
    draws = nominal + np.random.default_rng(1).normal(0, 1, (20_000, 4))
    found = orders(ranks(draws))
    # Differences have a standard deviation of √2: 1 and 2 are unsure, 3 is sure (P = 0.983).
    assert indistinct(nominal, found) == pytest.approx(np.quantile([1, 2], 0.95))
    assert indistinct(nominal, orders(ranks(np.tile(nominal, (5, 1))))) == 0
