"""The fewest answers whose change moves a unit over a cut, and which these are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from gci.audit.arrays import DECIMALS, Floats
from gci.audit.scores import WHOLE


@dataclass(frozen=True)
class Change:
    """One answer that changes.

    Attributes:
        item: its column.
        before: the answer, 0–1; NaN where it is missing, which counts 0.
        after: what it becomes: 1 upwards, 0 downwards.
        gain: points of the whole, negative downwards.
        score_after: the score after this change and those before it, rounded to 9 decimals.
    """

    item: int
    before: float
    after: float
    gain: float
    score_after: float


@dataclass(frozen=True)
class Move:
    """The fewest changes that bring a unit over a cut.

    Attributes:
        direction: `up` to the next tier, `down` out of its own.
        cut: the score at which the tier begins that is entered (up) or left (down).
        changes: those with the largest gain first.
    """

    direction: Literal["up", "down"]
    cut: float
    changes: tuple[Change, ...]


def moves(answers: Floats, worth: Floats, score: float, minimums: Sequence[float]) -> list[Move]:
    """The fewest changes of one unit's answers that bring it one tier up, and one tier down.

    It is exact, not a search. The score is Σ worth · answer, so a changed answer gains a fixed number of points,
    whatever else is changed: at most g_k = worth_k · (1 − answer_k) upwards, with the answer at 1. Sort these gains,
    g_(1) ≥ g_(2) ≥ …, and let G_m be the sum of the first m. Any m changes gain at most the sum of their own g_k,
    which are m of the sorted gains, so at most G_m. Hence no m changes cross the cut while G_m falls short of it; and
    at the first m with G_m enough, the first m items set to 1 cross it. So m is the fewest. Partial answers need
    nothing of their own: where a step to partial would do, so does the step to 1, and it counts as one change all the
    same. The same holds downwards with worth_k · answer_k. Answers are taken to be free of each other.

    Args:
        answers: (K,), 0–1; NaN counts 0.
        worth: (K,), what each item is worth of the whole; sums to 1.
        score: the unit's score, rounded to 9 decimals.
        minimums: the lowest score of each tier, tier 1 first.

    Returns:
        The move up and the move down, as far as there is a tier that way and answers can bring the unit there.
    """
    known = np.nan_to_num(answers, nan=0.0)
    tier = int(sum(score < minimum for minimum in minimums[:-1]))
    found = []
    if tier > 0:
        found.append(_move("up", minimums[tier - 1], answers, WHOLE * worth * (1.0 - known), score))
    if tier < len(minimums) - 1:
        found.append(_move("down", minimums[tier], answers, -WHOLE * worth * known, score))
    return [move for move in found if move is not None]


def _move(direction: Literal["up", "down"], cut: float, answers: Floats, gains: Floats, score: float) -> Move | None:
    order = np.argsort(-np.abs(np.round(gains, DECIMALS)), kind="stable")  # of equal gains the framework's first
    changes: list[Change] = []
    reached = score
    for item in order.tolist():
        if round(abs(gains[item]), DECIMALS) == 0:
            return None
        reached += float(gains[item])
        after = round(reached, DECIMALS) + 0.0
        to = 1.0 if direction == "up" else 0.0
        changes.append(Change(item, float(answers[item]), to, round(float(gains[item]), DECIMALS), after))
        if (after >= cut) if direction == "up" else (after < cut):
            return Move(direction, cut, tuple(changes))
    return None


def to_cuts(score: float, minimums: Sequence[float]) -> tuple[float | None, float | None]:
    """Points up to the next cut (None in the highest tier) and above the own cut (None in the lowest)."""
    tier = int(sum(score < minimum for minimum in minimums[:-1]))
    above = round(minimums[tier - 1] - score, DECIMALS) if tier > 0 else None
    below = round(score - minimums[tier], DECIMALS) if tier < len(minimums) - 1 else None
    return above, below
