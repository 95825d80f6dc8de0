"""Other methods that could have been chosen, in every combination, and what each moves."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np

from gci.audit.answers import LEVELS
from gci.audit.arrays import Flags, Floats, Tiers
from gci.audit.factorial import Shares, shares
from gci.audit.plan import Plan
from gci.audit.ranks import ranks, tiers
from gci.audit.scores import scores
from gci.audit.simulation import columns_of
from gci.audit.tree import Tree

CHOICES = {
    "aggregation": ("arithmetic", "geometric"),
    "pillar_weights": ("published", "by_items"),
    "indicator_weights": ("published", "equal"),
    "partial": ("0.5", "0.25", "0.75"),
}
"""By factor its choices; the first of each is the method of the index.

aggregation: how pillars are joined; with the geometric mean a pillar at 0 makes the score 0. pillar_weights: as
published, or by the number of items in the pillar. indicator_weights: of all that is below pillars, as published or
equal under each parent. partial: what a partial answer counts.
"""


@dataclass(frozen=True, eq=False)
class Scenarios:
    """Results of every combination, the published method first.

    Attributes:
        combinations: (C,) choices by factor.
        tiers: (C, N); None without tiers.
        tiers_changed: (C,), share of units whose tier is another; None without tiers.
        rank_shifts: (C,), mean over units of how many ranks they move.
        of_tiers: whose doing the changes of tiers are; None without tiers.
        of_ranks: whose doing the mean shift of ranks is.
    """

    combinations: tuple[dict[str, str], ...]
    tiers: Tiers | None
    tiers_changed: Floats | None
    rank_shifts: Floats
    of_tiers: Shares | None
    of_ranks: Shares


def scenarios(
    tree: Tree, answers: Floats, minimums: tuple[float, ...] | None, plan: Plan, partial_allowed: Flags
) -> Scenarios:
    """Score every unit by every combination of choices.

    Args:
        tree: the children of its root are pillars.
        answers: (N, K), 0–1, NaN where missing.
        minimums: the lowest score of each tier, tier 1 first; None without tiers.
        plan: what a missing item counts.
        partial_allowed: (K,), items where 0.5 is a partial answer; elsewhere it is a number like others.
    """
    partial = (answers == LEVELS[1]) & partial_allowed
    choices = CHOICES | {"partial": CHOICES["partial"][: None if partial.any() else 1]}
    combinations = [dict(zip(choices, chosen, strict=True)) for chosen in product(*choices.values())]
    found = np.vstack([_scores(tree, answers, partial, chosen, plan) for chosen in combinations])
    places = ranks(found)
    shifts = np.abs(places - places[0]).mean(axis=1)
    shape = tuple(len(one) for one in choices.values())
    of_ranks = shares(shifts.reshape(shape), len(shape))
    if minimums is None:
        return Scenarios(tuple(combinations), None, None, shifts, None, of_ranks)
    named = tiers(found, minimums)
    changed = (named != named[0]).astype(np.float64)
    of_tiers = shares(changed.reshape(*shape, -1), len(shape))
    return Scenarios(tuple(combinations), named, changed.mean(axis=1), shifts, of_tiers, of_ranks)


def _scores(tree: Tree, answers: Floats, partial: Flags, chosen: dict[str, str], plan: Plan) -> Floats:
    weights = tree.weight.copy()
    pillars = tree.children[tree.root]
    if chosen["indicator_weights"] == "equal":
        below = np.ones(len(weights), dtype=np.bool_)
        below[[tree.root, *pillars]] = False
        weights[below] = 1.0
    if chosen["pillar_weights"] == "by_items":
        weights[pillars] = [len(tree.below(int(pillar))) for pillar in pillars]
    read = np.where(partial, float(chosen["partial"]), answers)
    geometric = (tree.root,) if chosen["aggregation"] == "geometric" else ()
    return scores(tree, columns_of(read), weights[None, :], plan.missing, geometric)
