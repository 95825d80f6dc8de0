"""Variance shares: worked out by hand, and beside SALib's estimates of the same."""

from __future__ import annotations

import numpy as np
import pytest

from gci.audit.factorial import shares


def test_choices_that_only_add_share_by_their_own_variance():
    results = np.add.outer(np.array([0.0, 2.0]), np.array([0.0, 1.0, 2.0]))  # variances 1 and 2/3
    found = shares(results, 2)
    assert found.variance == pytest.approx(5 / 3)
    assert found.first_order == pytest.approx([3 / 5, 2 / 5])
    assert found.shapley == pytest.approx([3 / 5, 2 / 5])


def test_what_two_choices_only_do_together_is_halved_between_them():
    found = shares(np.array([[1.0, 0.0], [0.0, 1.0]]), 2)
    assert found.variance == pytest.approx(0.25)
    assert found.first_order == pytest.approx([0, 0])
    assert found.shapley == pytest.approx([0.5, 0.5])


def test_variances_of_components_are_summed_and_a_factor_with_one_choice_has_no_share():
    results = np.zeros((2, 1, 3))
    results[1] = [1.0, 1.0, 0.0]
    found = shares(results, 2)
    assert found.variance == pytest.approx(0.5)
    assert found.first_order.tolist() == found.shapley.tolist() == [1.0, 0.0]


def test_nothing_is_shared_where_nothing_changes():
    found = shares(np.full((2, 3), 7.0), 2)
    assert found.variance == 0
    assert found.shapley.tolist() == [0, 0]


def test_shares_are_those_that_salib_estimates():
    from SALib.analyze import sobol as analyse
    from SALib.sample import sobol as sample

    results = np.random.default_rng(4).random((2, 3, 2)) + np.array([0.0, 1.5])[:, None, None]
    problem = {"num_vars": 3, "names": ["a", "b", "c"], "bounds": [[0, 1]] * 3}
    drawn = sample.sample(problem, 4096, seed=1)
    chosen = tuple(np.minimum((drawn[:, axis] * size).astype(int), size - 1) for axis, size in enumerate(results.shape))
    theirs = analyse.analyze(problem, results[chosen], seed=1)
    ours = shares(results, 3)
    assert ours.first_order == pytest.approx(theirs["S1"], abs=0.02)
    assert (ours.first_order <= ours.shapley + 1e-12).all()  # Owen (2014): between the first order and the total
    assert (ours.shapley <= theirs["ST"] + 0.02).all()
    assert ours.shapley.sum() == pytest.approx(1)
