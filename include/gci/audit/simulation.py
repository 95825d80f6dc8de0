"""The replications: weights and answers that could have been, and the scores and ranks that they give.

Everything random comes from one seed, through streams of its own for weights and for each block of answers; blocks are
of a fixed length. So the result hangs neither on the number of threads nor on how many replications come after.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from gci.audit.answers import Uncertain
from gci.audit.arrays import Floats, Ranks, room
from gci.audit.ranks import Rule, ranks
from gci.audit.scores import Missing, scores
from gci.audit.tree import Tree

BLOCK = 250
"""Replications whose answers come from one stream."""
_CELLS = 1 << 18  # scores worked on at once: what is done once a call then costs little, however many units there are


@dataclass(frozen=True, eq=False)
class Draws:
    """The nominal scores and those of every replication.

    Attributes:
        nominal: (N,), by the weights and answers as they are, rounded to 9 decimals; NaN where a unit has no score.
        nominal_ranks: (N,); 0 where there is no score.
        scores: (R, N), rounded to 9 decimals.
        ranks: (R, N).
        weights: (R, M), shares of their siblings' sum.
    """

    nominal: Floats
    nominal_ranks: Ranks
    scores: Floats
    ranks: Ranks
    weights: Floats


def stream(seed: int, *key: int) -> np.random.Generator:
    """The random numbers of one part of the audit: the same everywhere for the same seed and key."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=key)))


def columns_of(answers: Floats) -> list[Floats]:
    """The columns of an answer matrix (N, K), each in one piece, as `scores` wants them."""
    return list(np.ascontiguousarray(answers.T))


def nominal(tree: Tree, answers: Floats, missing: Missing) -> Floats:
    """The scores (N,) by the weights of the tree."""
    result: Floats = scores(tree, columns_of(answers), tree.weight[None, :], missing)[0]
    return result


def simulate(
    tree: Tree,
    answers: Floats,
    weights: Floats,
    missing: Missing = "zero",
    rule: Rule = "competition",
    uncertain: Uncertain | None = None,
    seed: int = 0,
    threads: int | None = None,
) -> Draws:
    """Score and rank every unit in every replication.

    Args:
        tree: M nodes, K items.
        answers: (N, K), 0–1, NaN where missing.
        weights: (R, M), those of each replication.
        missing: what a missing item counts.
        rule: how ranks go on after a tie.
        uncertain: which answers are drawn, and from what; none when not given.
        seed: of the answers that are drawn.
        threads: how many work at once; as many as there are processors when not given.

    Returns:
        The draws.
    """
    columns = columns_of(answers)
    base = nominal(tree, answers, missing)
    found = room((len(weights), len(answers)), np.float64)
    places = room((len(weights), len(answers)), np.int32)

    def block(first: int) -> None:
        last = min(first + BLOCK, len(weights))
        drawn = uncertain.draw(stream(seed, 1, first // BLOCK), last - first) if uncertain else {}
        step = max(1, _CELLS // max(1, len(answers)))
        for start in range(first, last, step):
            end = min(start + step, last)
            now = _at(columns, drawn, start - first, end - first)
            found[start:end] = scores(tree, now, weights[start:end], missing)
            places[start:end] = ranks(found[start:end], rule)

    with ThreadPoolExecutor(max_workers=threads or os.cpu_count() or 1) as pool:
        list(pool.map(block, range(0, len(weights), BLOCK)))
    return Draws(base, ranks(base[None, :], rule)[0], found, places, weights)


def _at(columns: Sequence[Floats], drawn: dict[int, tuple[np.ndarray, Floats]], start: int, end: int) -> list[Floats]:
    """The columns with drawn answers put in, for the replications `start` to `end` of a block."""
    now = list(columns)
    for item, (units, values) in drawn.items():
        column = np.broadcast_to(columns[item], (end - start, len(columns[item]))).copy()
        column[:, units] = values[start:end]
        now[item] = column
    return now
