"""Answers that are drawn: from which distribution, and which are left as they are."""

from __future__ import annotations

import numpy as np
import pytest

from gci.audit.answers import Reviews, Uncertain, count_reviews, group_pattern
from gci.audit.simulation import stream

NO, PARTIAL, YES = 0.0, 0.5, 1.0


def reviews(outcomes, partial_allowed=(True, True, True)):
    """Items 0 and 1 are of class 0, item 2 of class 1."""
    return Reviews(count_reviews(outcomes, 2), np.array([0, 0, 1]), np.array(partial_allowed))


def test_partial_is_read_evenly_between_a_quarter_and_three_quarters_each_on_its_own():
    answers = np.array([[PARTIAL, YES], [PARTIAL, NO], [NO, PARTIAL]])
    drawn = Uncertain(answers, (0.25, 0.75)).draw(stream(1), 20_000)
    units, values = drawn[0]
    assert units.tolist() == [0, 1]
    assert drawn[1][0].tolist() == [2]
    assert values.min() >= 0.25
    assert values.max() <= 0.75
    assert values.mean(axis=0) == pytest.approx([0.5, 0.5], abs=0.005)
    assert values.var(axis=0) == pytest.approx([0.5**2 / 12] * 2, rel=0.05)
    assert np.corrcoef(values.T)[0, 1] == pytest.approx(0, abs=0.03)


def test_what_is_missing_lies_between_no_and_what_its_group_answers():
    answers = np.array([[YES], [PARTIAL], [np.nan], [NO], [np.nan]])
    pattern = group_pattern(answers, ["a", "a", "a", "b", "c"])
    assert pattern[2, 0] == 0.75
    assert np.isnan(pattern[4, 0])
    (drawn,) = Uncertain(answers, None, pattern).draw(stream(1), 10_000).values()
    assert drawn[0].tolist() == [2]  # the last has nobody to go by, and stays missing
    assert drawn[1].max() <= 0.75
    assert drawn[1].mean() == pytest.approx(0.375, abs=0.01)


def test_unreviewed_answers_are_drawn_from_what_reviews_made_of_such_claims():
    log = [(0, YES, YES)] * 60 + [(0, YES, PARTIAL)] * 30 + [(0, YES, NO)] * 10
    answers = np.array([[YES, NO, YES], [YES, YES, YES]])
    unreviewed = np.array([[True, True, True], [False, True, True]])
    drawn = Uncertain(answers, None, None, reviews(log), unreviewed).draw(stream(2), 40_000)
    assert {item: units.tolist() for item, (units, _) in drawn.items()} == {0: [0], 1: [0, 1], 2: [0, 1]}
    values = drawn[0][1][:, 0]
    # The mean of Dirichlet(n + ½) with n = 10, 30, 60.
    assert [(values == level).mean() for level in (NO, PARTIAL, YES)] == pytest.approx(
        [10.5 / 101.5, 30.5 / 101.5, 60.5 / 101.5], abs=0.01
    )


def test_the_share_of_errors_is_one_for_all_in_a_draw_and_as_uncertain_as_reviews_are_few():
    answers = np.full((400, 3), YES)
    for times in (1, 100):
        log = [(0, YES, YES), (0, YES, NO)] * times
        drawn = Uncertain(answers, None, None, reviews(log), answers == YES).draw(stream(3), 4000)
        share = (drawn[0][1] == NO).mean(axis=1)
        mean, size = (times + 0.5) / (2 * times + 1.5), 2 * times + 1.5
        dirichlet, chance = mean * (1 - mean) / (size + 1), mean * (1 - mean) * size / (size + 1) / 400
        assert share.var() == pytest.approx(dirichlet + chance, rel=0.08)


def test_an_item_without_partial_never_becomes_partial():
    log = [(0, YES, PARTIAL)] * 50 + [(0, YES, YES)] * 50
    answers = np.full((5, 3), YES)
    drawn = Uncertain(answers, None, None, reviews(log, (False, True, True)), answers == YES).draw(stream(3), 500)
    assert not (drawn[0][1] == PARTIAL).any()
    assert (drawn[1][1] == PARTIAL).any()


def test_what_becomes_partial_is_read_as_a_range_too():
    log = [(0, YES, PARTIAL)] * 1000
    answers = np.full((1, 3), YES)
    drawn = Uncertain(answers, (0.25, 0.75), None, reviews(log), answers == YES).draw(stream(3), 500)
    values = drawn[0][1]
    assert ((values > 0.25) & (values < 0.75)).mean() > 0.99
    assert not (values == PARTIAL).any()


def test_claims_of_a_kind_that_nobody_reviewed_may_be_anything_and_are_counted_as_silent():
    log = reviews([(0, YES, YES)], (True, True, False))
    assert log.silent.sum() == 5
    answers = np.array([[NO, YES, YES]])
    drawn = Uncertain(answers, None, None, log, np.ones((1, 3), dtype=bool)).draw(stream(5), 40_000)
    # The mean of Dirichlet(½, ½, ½), with one review of a yes, and of Dirichlet(½, ½) without partial.
    expected = {0: [1 / 3, 1 / 3, 1 / 3], 1: [0.2, 0.2, 0.6], 2: [1 / 2, 0, 1 / 2]}
    for item, shares in expected.items():
        assert [(drawn[item][1] == level).mean() for level in (NO, PARTIAL, YES)] == pytest.approx(shares, abs=0.01)


def test_without_a_log_of_reviews_answers_stay_as_they_are():
    answers = np.array([[NO, YES, YES]])
    assert Uncertain(answers, None, None, None, np.ones((1, 3), dtype=bool)).draw(stream(5), 10) == {}
