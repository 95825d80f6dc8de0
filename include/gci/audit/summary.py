"""An edition's audit in one row, and in one sentence."""

from __future__ import annotations

from typing import Any

import numpy as np

from gci.audit.tier_sets import SURE
from gci.audit.whole import Audit

_UNSURE = 0.75


def summary(audit: Audit) -> dict[str, Any]:
    """The figures that are told first.

    Returns:
        By name: how many draws from which seed and spread, where weights came from, states, how many tiers hold in
        every draw or with less than 0.95 and 0.75, states within 1 and 2 points of a cut (None without tiers), points
        below which a difference says nothing, alpha of all items, the sentence, which answers were drawn, and the
        largest difference between scores computed here and those of the warehouse.
    """
    inputs, uncertain = audit.inputs, audit.uncertain
    claims, gaps, partials = uncertain.claims(), uncertain.gaps(), uncertain.partials()
    whole = next(one for one in audit.coherence if one.node == inputs.tree.nodes[inputs.tree.root])
    return {
        "replications": audit.plan.replications,
        "seed": audit.plan.seed,
        "spread": audit.plan.spread,
        "weights_from": "spread" if inputs.allotments is None else "experts",
        "states": len(inputs.units),
        **_of_tiers(audit),
        "indistinct_points": audit.indistinct,
        "alpha": whole.alpha_items,
        "sentence": sentence(audit),
        "uncertain_answers": int((claims | gaps | partials).sum()),
        "partial_answers": int(partials.sum()),
        "missing_answers": int(np.isnan(inputs.answers).sum()),
        "unreviewed_answers": int(inputs.unreviewed.sum()),
        "classes_without_reviews": None if inputs.reviews is None else int(inputs.reviews.silent.sum()),
        "largest_difference": float(np.abs(audit.draws.nominal - inputs.published).max()),
    }


def _of_tiers(audit: Audit) -> dict[str, int | None]:
    tiers, minimums = audit.tiers, audit.inputs.minimums
    names = ("tiers_always_kept", "below_095", "below_075", "within_1_point", "within_2_points")
    if tiers is None or minimums is None:
        return dict.fromkeys(names)
    largest = tiers.probabilities.max(axis=1)
    away = np.abs(audit.draws.nominal[:, None] - np.array(minimums[:-1])).min(axis=1)
    kept = (tiers.drawn == tiers.nominal).all(axis=0)
    counts = (kept, largest < SURE, largest < _UNSURE, away <= 1, away <= 2)
    return {name: int(count.sum()) for name, count in zip(names, counts, strict=True)}


def sentence(audit: Audit) -> str:
    """What a reader has to know before comparing two states."""
    unsure = f"pairs of states whose order holds in less than 95 % of {audit.plan.replications:,} draws"
    if audit.indistinct == 0:
        return f"In {audit.inputs.edition} every difference says something: of all {unsure}, 95 % have equal scores."
    points = f"{np.ceil(audit.indistinct * 10) / 10:.1f}"
    return (
        f"In {audit.inputs.edition} differences below {points} points say nothing: of all {unsure}, "
        "95 % lie closer together than that."
    )
