"""Coherence beside pandas, SciPy, and cases worked out by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from gci.audit.coherence import alpha, coherence, kr20, mean_correlation
from gci.audit.components import components
from gci.audit.correlations import pairs
from gci.audit.covariance import correlations, covariances, ranked, spearman
from gci.audit.distribution import distribution, robust_z
from gci.audit.importance import importance, main_effect
from gci.audit.plan import Plan
from gci.audit.tree import Node, build_tree


@pytest.fixture
def holes():
    dice = np.random.default_rng(5)
    values = dice.random((60, 4)) + dice.random((60, 1))
    values[dice.random(values.shape) < 0.2] = np.nan
    return values


@pytest.mark.parametrize("missing", [True, False])
def test_covariances_and_correlations_are_those_of_pandas(holes, missing):
    values = holes if missing else np.nan_to_num(holes, nan=0.3)
    frame = pd.DataFrame(values)
    assert covariances(values) == pytest.approx(frame.cov().to_numpy(), abs=1e-12)
    assert correlations(values) == pytest.approx(frame.corr().to_numpy(), abs=1e-12)
    assert mean_correlation(values) == pytest.approx(frame.corr().to_numpy()[np.triu_indices(4, 1)].mean())


def test_ranks_and_their_correlation_are_those_of_scipy(holes):
    ties = np.round(holes, 1)
    assert ranked(ties) == pytest.approx(stats.rankdata(ties, axis=0, nan_policy="omit"), nan_ok=True)
    one, other = np.nan_to_num(ties[:, 0]), np.nan_to_num(ties[:, 1])
    assert spearman(one, other) == pytest.approx(stats.spearmanr(one, other).statistic)
    assert np.isnan(spearman(one, np.ones(60)))


def test_alpha_of_a_table_worked_out_by_hand():
    # Variances 1 and 1, covariance ½: 2 · (1 − 2 / 3).
    values = np.array([[1.0, 1.0], [2.0, 3.0], [3.0, 2.0]])
    assert alpha(values) == pytest.approx(2 / 3)
    assert alpha(np.column_stack([values[:, 0]] * 3)) == pytest.approx(1)
    assert np.isnan(alpha(values[:, :1]))
    assert np.isnan(alpha(np.ones((5, 3))))
    assert np.isnan(alpha(values[:1]))


def test_kr20_is_alpha_of_answers_that_are_no_or_yes_and_is_nothing_else():
    answers = (np.random.default_rng(1).random((50, 6)) < np.linspace(0.2, 0.8, 6)).astype(float)
    assert kr20(answers) == pytest.approx(alpha(answers))
    answers[0, 0] = 0.5
    assert np.isnan(kr20(answers))


def test_components_are_kept_by_the_rule_of_the_handbook():
    dice = np.random.default_rng(8)
    one, other = dice.random((200, 1)), dice.random((200, 1))
    values = np.hstack([one + 0.2 * dice.random((200, 3)), other + 0.2 * dice.random((200, 2)), np.ones((200, 1))])
    found = components(values, list("abcdef"))
    assert found.names == tuple("abcde")  # what does not vary is left out
    assert found.kept == 2
    assert found.enough
    assert found.eigenvalues.sum() == pytest.approx(5)
    assert (np.diff(found.eigenvalues) <= 0).all()
    assert found.explained == pytest.approx(found.eigenvalues[:2].sum() / 5)
    loose = components(dice.random((2000, 12)), list("abcdefghijkl"))
    assert not loose.enough  # many small eigenvalues about 1, none with a tenth


def test_pairs_are_marked_redundant_and_negative():
    base = np.random.default_rng(3).random(80)
    values = np.column_stack([base, base + 0.01 * np.random.default_rng(4).random(80), 1 - base, np.ones(80)])
    found = {(pair.one, pair.other): pair for pair in pairs(values, [0, 1, 2, 3], [7, 7, 8, 8])}
    assert len(found) == 6
    assert found[0, 1].mark == "redundant"
    assert found[0, 2].mark == "negative"
    assert found[0, 3].mark is None
    assert np.isnan(found[0, 3].pearson)
    assert found[0, 1].within
    assert not found[0, 2].within


def test_answers_are_described_as_scipy_does(holes):
    column = np.array([0, 0, 0.5, 1, 1, 1, np.nan, 0.25])
    (found,) = distribution(column[:, None])
    known = column[~np.isnan(column)]
    assert (found.answered, found.missing, found.floor, found.ceiling) == (7, 1, 2 / 7, 3 / 7)
    assert found.skewness == pytest.approx(stats.skew(known))
    assert found.kurtosis == pytest.approx(stats.kurtosis(known))
    (same,) = distribution(np.ones((5, 1)))
    assert np.isnan(same.skewness)
    (nothing,) = distribution(np.full((5, 1), np.nan))
    assert nothing.missing == 5
    assert np.isnan(nothing.mean)


def test_a_change_unlike_all_others_is_far_in_robust_terms():
    changes = np.append(np.random.default_rng(2).normal(3, 1, 200), -24.0)
    distance = robust_z(changes)
    assert distance[-1] < -20
    assert np.abs(distance[:-1]).max() < 4
    assert np.isnan(robust_z(np.zeros(5))).all()


def test_the_main_effect_is_the_variance_that_goes_when_a_node_is_known():
    dice = np.random.default_rng(6)
    group = dice.choice([0, 0.5, 1.0], 600)
    noise = dice.normal(0, 1, 600)
    index = 4 * group + noise
    between = np.array([index[group == one].mean() for one in group])
    assert main_effect(group, index) == pytest.approx(between.var() / index.var())
    x = dice.random(600)
    assert main_effect(x, 3 * x + 1) == pytest.approx(1, abs=0.01)
    bent = (x - 0.5) ** 2
    assert main_effect(x, bent) > 0.9  # Pearson's correlation sees nothing of this
    assert main_effect(x, dice.random(600)) < 0.05
    assert np.isnan(main_effect(x, np.ones(600)))


def test_main_effects_are_those_that_are_known_of_ishigamis_function():
    from SALib.test_functions import Ishigami

    found = []
    for seed in (12, 13, 14):
        x = np.random.default_rng(seed).uniform(-np.pi, np.pi, (1500, 3))
        index = Ishigami.evaluate(x)
        found.append([main_effect(column, index) for column in x.T])
    assert np.mean(found, axis=0) == pytest.approx([0.3139, 0.4424, 0.0], abs=0.03)


def test_variance_shares_of_a_level_sum_to_one():
    tree = build_tree(
        [Node("root", "", 3, None), Node("p", "root", 2, 3), Node("q", "root", 2, 1)]
        + [Node(f"{pillar}{item}", pillar, 1, 1.0 + item) for pillar in "pq" for item in range(3)]
    )
    answers = np.random.default_rng(7).choice([0, 0.5, 1.0], (80, 6))
    found = importance(tree, answers, Plan())
    for level in (1, 2):
        of_level = [one for one in found if tree.level[one.place] == level]
        assert sum(one.variance_share for one in of_level) == pytest.approx(1)
        assert sum(one.weight for one in of_level) == pytest.approx(1)


def test_what_is_said_of_a_node_is_of_its_children_and_of_all_items_below(uneven, some_answers):
    root, *_ = coherence(uneven, np.nan_to_num(some_answers), "zero")
    assert (root.node, root.children, root.items) == ("root", 3, 5)
    assert root.alpha_items == pytest.approx(alpha(np.nan_to_num(some_answers)))
