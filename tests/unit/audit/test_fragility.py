"""The fewest changes are what trying every set of changes finds."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest

from gci.audit.fragility import moves, to_cuts

MINIMUMS = (95.0, 85.0, 55.0, 20.0, 0.0)
LEVELS = (0.0, 0.5, 1.0)


def tier(score):
    return sum(score < minimum for minimum in MINIMUMS[:-1])


def fewest_by_trying(answers, worth, direction):
    """The fewest changes by trying all answers to all sets of items, the smallest sets first; None where none does."""
    score = round(float(100 * worth @ answers), 9)
    aim = tier(score) - 1 if direction == "up" else tier(score) + 1
    if not 0 <= aim < len(MINIMUMS):
        return None
    for count in range(1, len(answers) + 1):
        for items in combinations(range(len(answers)), count):
            for given in product(LEVELS, repeat=count):
                changed = answers.copy()
                changed[list(items)] = given
                reached = tier(round(float(100 * worth @ changed), 9))
                if reached <= aim if direction == "up" else reached >= aim:
                    return count
    return None


@pytest.mark.parametrize("seed", range(12))
def test_no_set_of_answers_with_fewer_changes_crosses_a_cut(seed):
    dice = np.random.default_rng(seed)
    worth = dice.integers(1, 9, 6).astype(float)
    worth /= worth.sum()
    answers = dice.choice(LEVELS, 6)
    score = round(float(100 * worth @ answers), 9)
    found = {move.direction: move for move in moves(answers, worth, score, MINIMUMS)}
    for direction in ("up", "down"):
        expected = fewest_by_trying(answers, worth, direction)
        assert (len(found[direction].changes) if direction in found else None) == expected


@pytest.mark.parametrize("seed", range(5))
def test_the_changes_that_are_named_cross_the_cut_and_all_but_the_last_do_not(seed):
    dice = np.random.default_rng(100 + seed)
    worth = dice.dirichlet(np.ones(40))
    answers = dice.choice(LEVELS, 40)
    score = round(float(100 * worth @ answers), 9)
    for move in moves(answers, worth, score, MINIMUMS):
        changed = answers.copy()
        for change in move.changes:
            assert tier(round(float(100 * worth @ changed), 9)) == tier(score)
            assert change.before == changed[change.item]
            changed[change.item] = change.after
            assert change.score_after == pytest.approx(100 * worth @ changed, abs=1e-8)
        reached = float(100 * worth @ changed)
        assert (reached >= move.cut) if move.direction == "up" else (reached < move.cut)
        assert abs(tier(reached) - tier(score)) >= 1


def test_a_missing_answer_counts_zero_and_can_be_given():
    (up,) = moves(np.array([np.nan, 0.0]), np.array([0.7, 0.3]), 0.0, (50.0, 0.0))
    assert [(change.item, change.after, change.gain) for change in up.changes] == [(0, 1.0, 70.0)]
    assert np.isnan(up.changes[0].before)


def test_the_highest_tier_has_no_way_up_the_lowest_none_down_and_a_score_at_the_cut_is_in_its_tier():
    assert [move.direction for move in moves(np.ones(2), np.array([0.5, 0.5]), 100.0, MINIMUMS)] == ["down"]
    assert [move.direction for move in moves(np.zeros(2), np.array([0.5, 0.5]), 0.0, MINIMUMS)] == ["up"]
    (down,) = moves(np.array([1.0, 0.9]), np.array([0.5, 0.5]), 95.0, MINIMUMS)
    assert down.cut == 95.0
    assert to_cuts(95.0, MINIMUMS) == (None, 0.0)
    assert to_cuts(19.5, MINIMUMS) == (0.5, None)
    assert to_cuts(60.0, MINIMUMS) == (25.0, 5.0)
