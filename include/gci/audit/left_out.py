"""What the index would say without one pillar, indicator or question."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gci.audit.arrays import Floats
from gci.audit.covariance import spearman
from gci.audit.plan import Plan
from gci.audit.ranks import ranks, tiers
from gci.audit.scores import scores
from gci.audit.simulation import columns_of
from gci.audit.tree import Tree


@dataclass(frozen=True)
class LeftOut:
    """The index without one node, whose siblings share its weight.

    Attributes:
        place: of the node in the tree.
        tiers_changed: how many units have another tier; None without tiers.
        mean_rank_shift: mean over units of how many ranks they move.
        largest_rank_shift: of one unit.
        spearman: correlation of the ranks with those of the whole index.
    """

    place: int
    tiers_changed: int | None
    mean_rank_shift: float
    largest_rank_shift: int
    spearman: float


def left_out(tree: Tree, answers: Floats, minimums: tuple[float, ...] | None, plan: Plan) -> list[LeftOut]:
    """Leave out each node in turn, but for the root and nodes without a sibling that weighs anything.

    Args:
        tree: M nodes, K items.
        answers: (N, K), 0–1, NaN where missing.
        minimums: the lowest score of each tier, tier 1 first; None without tiers.
        plan: what a missing item counts.
    """
    places, weights = [], [tree.weight]
    for place in range(len(tree.nodes)):
        try:
            weights.append(tree.without(place))
        except ValueError:
            continue
        places.append(place)
    found = scores(tree, columns_of(answers), np.vstack(weights), plan.missing)
    named = ranks(found)
    shifts = np.abs(named - named[0])
    changed = None if minimums is None else (tiers(found, minimums) != tiers(found[0], minimums)).sum(axis=1)
    return [
        LeftOut(
            place=place,
            tiers_changed=None if changed is None else int(changed[row]),
            mean_rank_shift=float(shifts[row].mean()),
            largest_rank_shift=int(shifts[row].max()),
            spearman=spearman(found[row], found[0]),
        )
        for row, place in enumerate(places, start=1)
    ]
