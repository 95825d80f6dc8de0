"""How far an answer may be from the truth: partial is a range, missing is open, the unreviewed may be wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from gci.audit.arrays import Flags, Floats, Ints, mean

LEVELS = (0.0, 0.5, 1.0)
"""no, partial, yes: what an answer to a question can be."""
PARTIAL = (0.25, 0.75)
_PRIOR = 0.5  # Jeffreys: half a review of each outcome before the first, and all there is where no review was made


@dataclass(frozen=True, eq=False)
class Reviews:
    """What became of answers that were reviewed.

    Attributes:
        counts: (C, 3, 3) by class of question, answer as claimed, answer after the review (no, partial, yes).
        classes: (K,), the class of each item.
        partial_allowed: (K,), whether the item may be answered partial.
    """

    counts: Ints
    classes: Ints
    partial_allowed: Flags

    @property
    def silent(self) -> Flags:
        """(C, 3): where no answer as claimed was ever reviewed, so that nothing is known of its error but the prior."""
        result: Flags = self.counts.sum(axis=2) == 0
        return result


@dataclass(frozen=True, eq=False)
class Uncertain:
    """Which answers are drawn, and from what.

    Attributes:
        answers: (N, K), 0–1, NaN where missing.
        partial: what 0.5 is read as, from and to; None where it is read as 0.5.
        pattern: (N, K), up to where a missing answer is drawn from 0; NaN where it stays missing; None for none.
        reviews: from which the error of unreviewed answers is drawn; None for none.
        unreviewed: (N, K), answers that nobody has reviewed.
    """

    answers: Floats
    partial: tuple[float, float] | None = None
    pattern: Floats | None = None
    reviews: Reviews | None = None
    unreviewed: Flags | None = None

    def claims(self) -> Flags:
        """(N, K): unreviewed answers, where there is a log of reviews to draw their error from."""
        if self.reviews is None or self.unreviewed is None:
            return np.zeros(self.answers.shape, dtype=np.bool_)
        result: Flags = self.unreviewed & (_level(self.answers) >= 0)
        return result

    def gaps(self) -> Flags:
        """(N, K): missing answers that are drawn."""
        if self.pattern is None:
            return np.zeros(self.answers.shape, dtype=np.bool_)
        result: Flags = np.isnan(self.answers) & ~np.isnan(self.pattern)
        return result

    def partials(self) -> Flags:
        """(N, K): answers that are read as a range."""
        result: Flags = (self.answers == LEVELS[1]) & (self.partial is not None)
        return result

    def draw(self, draw: np.random.Generator, count: int) -> dict[int, tuple[Ints, Floats]]:
        """Answers that could have been, for `count` replications.

        A final answer P(final | claimed) of a class is Dirichlet(n + ½), one for all states in a replication, also
        where n is 0: of what nobody reviewed anything may be true. Each unreviewed answer is drawn from it on its own,
        then a partial one is read as a number of its range.

        Returns:
            By column: the units whose answer is drawn, (U,), and the answers, (count, U).
        """
        claims, gaps, cells = self.claims(), self.gaps(), self.claims() | self.gaps() | self.partials()
        final = self._final(draw, count)
        found: dict[int, tuple[Ints, Floats]] = {}
        for item in np.flatnonzero(cells.any(axis=0)).tolist():
            units = np.flatnonzero(cells[:, item])
            values = np.broadcast_to(self.answers[units, item], (count, len(units))).copy()
            reviewed = claims[units, item]
            if reviewed.any():
                values[:, reviewed] = self._reviewed(item, units[reviewed], final, draw)
            if self.partial is not None:
                low, high = self.partial
                read = low + (high - low) * draw.random(values.shape)
                np.copyto(values, read, where=values == LEVELS[1])
            open_answers = gaps[units, item]
            if self.pattern is not None and open_answers.any():
                upper = self.pattern[units[open_answers], item]
                values[:, open_answers] = upper * draw.random((count, int(open_answers.sum())))
            found[item] = (units, values)
        return found

    def _final(self, draw: np.random.Generator, count: int) -> Floats:
        if self.reviews is None:
            return np.empty((count, 0, 3, 3))
        return draw.standard_gamma(self.reviews.counts + _PRIOR, size=(count, *self.reviews.counts.shape))

    def _reviewed(self, item: int, units: Ints, final: Floats, draw: np.random.Generator) -> Floats:
        assert self.reviews is not None
        parts = final[:, self.reviews.classes[item]].copy()  # (count, claimed, final), not yet summing to 1
        if not self.reviews.partial_allowed[item]:
            parts[:, :, 1] = 0.0
        whole = parts[:, :, 0] + parts[:, :, 1] + parts[:, :, 2]
        level = _level(self.answers[units, item])
        at = draw.random((len(final), len(units))) * whole[:, level]
        result: Floats = 0.5 * (
            (at >= parts[:, level, 0]).astype(np.float64) + (at >= parts[:, level, 0] + parts[:, level, 1])
        )
        return result


def _level(answers: Floats) -> Ints:
    """0, 1, 2 for no, partial, yes; −1 for everything else."""
    level = np.full(answers.shape, -1, dtype=np.int64)
    for place, value in enumerate(LEVELS):
        level[answers == value] = place
    return level


def count_reviews(outcomes: Iterable[tuple[int, float, float]], classes: int) -> Ints:
    """The table of reviews, (C, 3, 3), from (class, claimed, final) of each; answers that are no level are left out."""
    counts = np.zeros((classes, 3, 3), dtype=np.int64)
    for kind, claimed, final in outcomes:
        if claimed in LEVELS and final in LEVELS:
            counts[kind, LEVELS.index(claimed), LEVELS.index(final)] += 1
    return counts


def group_pattern(answers: Floats, groups: Sequence[str]) -> Floats:
    """What the others of its group answer on average, per unit and item: (N, K); NaN where none of them answered."""
    names = np.asarray(groups)
    result = np.full(answers.shape, np.nan)
    for name in dict.fromkeys(groups):
        members = names == name
        result[members] = mean(answers[members])
    return result
