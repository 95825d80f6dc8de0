"""Answers and weights → scores, many replications at once, in an order of sums that no machine changes.

Sums run over the children of a node from first to last, element by element; no matrix product is used, whose order of
additions depends on the library, the processor and the number of threads.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal

import numpy as np

from gci.audit.arrays import Flags, Floats, rounded
from gci.audit.tree import Tree

Missing = Literal["zero", "reweight"]
WHOLE = 100.0
"""The score of a unit with every answer at 1."""


def scores(
    tree: Tree, columns: Sequence[Floats], weights: Floats, missing: Missing, geometric: Collection[int] = ()
) -> Floats:
    """The score of every unit in every replication.

    Args:
        tree: M nodes, K items.
        columns: per item its answers, 0–1, NaN where missing: (N,), or (B, N) where they differ by replication.
        weights: (B, M), relative to siblings.
        missing: `zero`: a missing item counts 0; `reweight`: it is left out and its siblings share its weight, and a
            node with nothing below it is itself missing.
        geometric: places of nodes whose children are joined by the geometric mean; 0 where one of them is 0.

    Returns:
        (B, N), 0–100, rounded to 9 decimals; NaN where a unit has no score (`reweight` alone).
    """
    found = node_values(tree, columns, weights, missing, geometric)[tree.root] * WHOLE
    return rounded(found, out=found)


def node_values(
    tree: Tree, columns: Sequence[Floats], weights: Floats, missing: Missing, geometric: Collection[int] = ()
) -> dict[int, Floats]:
    """The value of every node before rounding, by its place in the tree: (B, N), 0–1; of items as given.

    The parameters are those of `scores`.
    """
    shares = tree.normalised(weights)
    shape = (len(weights), columns[0].shape[-1])
    values = {int(place): _item(column, missing) for place, column in zip(tree.items, columns, strict=True)}
    for place in tree.bottom_up:
        below = tree.children[place]
        parts = [(shares[:, child, None], values[int(child)]) for child in below]
        join = _geometric if place in geometric else _arithmetic
        values[place] = join(parts, shape)
    return values


def _item(column: Floats, missing: Missing) -> Floats:
    return np.nan_to_num(column, nan=0.0) if missing == "zero" else column


Parts = Sequence[tuple[Floats, Floats]]


def _arithmetic(parts: Parts, shape: tuple[int, int]) -> Floats:
    """The weighted mean of children, (B, N); those that are missing are left out."""
    total, buffer = np.zeros(shape), np.empty(shape)
    known = _known(parts)
    if known is None:
        for share, value in parts:
            total += np.multiply(share, value, out=buffer)
        return total
    weight = np.zeros(shape)
    for (share, value), there in zip(parts, known, strict=True):
        total += np.multiply(share, np.where(there, value, 0.0), out=buffer)
        weight += np.multiply(share, there, out=buffer)
    return _over(total, weight)


def _geometric(parts: Parts, shape: tuple[int, int]) -> Floats:
    """The weighted geometric mean of children, (B, N); 0 where one that weighs something is 0."""
    total, weight, buffer = np.zeros(shape), np.zeros(shape), np.empty(shape)
    nothing = np.zeros(shape, dtype=np.bool_)
    for share, value in parts:
        there = ~np.isnan(value)
        positive = there & (value > 0)
        total += np.multiply(share, np.log(np.where(positive, value, 1.0)), out=buffer)
        weight += np.multiply(share, there, out=buffer)
        nothing |= there & ~positive & (share > 0)
    joined = np.exp(_over(total, weight))
    joined[nothing] = 0.0
    return joined


def _known(parts: Parts) -> list[Flags] | None:
    """Where each child has a value; None where all have everywhere."""
    missing = [np.isnan(value) for _, value in parts]
    return [~one for one in missing] if any(one.any() for one in missing) else None


def _over(total: Floats, weight: Floats) -> Floats:
    result = np.full(total.shape, np.nan)
    np.divide(total, weight, out=result, where=weight > 0)
    return result
