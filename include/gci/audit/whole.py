"""The audit of an edition, from what it starts from to every figure that is told of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gci.audit.answers import Uncertain, group_pattern
from gci.audit.arrays import Floats, Tiers
from gci.audit.coherence import Coherence, children_values, coherence
from gci.audit.correlations import Pair, pairs
from gci.audit.distribution import Distribution, distribution
from gci.audit.edition import EditionInputs
from gci.audit.fragility import Move, moves
from gci.audit.importance import Importance, importance
from gci.audit.left_out import LeftOut, left_out
from gci.audit.pairs import Orders, indistinct, orders
from gci.audit.plan import Plan
from gci.audit.rank_sets import RankSets, rank_sets
from gci.audit.ranks import tiers
from gci.audit.scenarios import Scenarios, scenarios
from gci.audit.simulation import Draws, simulate, stream
from gci.audit.tier_sets import TierSets, central, probabilities, tier_sets
from gci.audit.weights import from_experts, perturbed

RANK_SET_DRAWS = 2_000
"""Draws from which the critical values of rank sets are taken: more move them by less than a rank."""


@dataclass(frozen=True, eq=False)
class TierFigures:
    """What is said of tiers; N units, T tiers.

    Attributes:
        nominal: (N,).
        drawn: (R, N).
        probabilities: (N, T).
        sets: of all units at once.
        moves: per unit the fewest changes up and down.
    """

    nominal: Tiers
    drawn: Tiers
    probabilities: Floats
    sets: TierSets
    moves: tuple[tuple[Move, ...], ...]


@dataclass(frozen=True, eq=False)
class Audit:
    """Everything that is told of an edition.

    Attributes:
        inputs: what it started from.
        plan: what was done.
        uncertain: which answers were drawn.
        draws: scores and ranks of every replication.
        tiers: None for an edition without tiers.
        rank_sets: confidence sets for the ranks of all units at once.
        rank_sets_alone: for each unit taken alone.
        orders: of pairs.
        indistinct: points below which a difference says nothing by itself.
        scenarios: other methods.
        left_out: without one node.
        importance: of every node but the root.
        coherence: of every node with children.
        pairs: of indicators, and of pillars.
        distribution: of answers, per item.
    """

    inputs: EditionInputs
    plan: Plan
    uncertain: Uncertain
    draws: Draws
    tiers: TierFigures | None
    rank_sets: RankSets
    rank_sets_alone: RankSets
    orders: Orders
    indistinct: float
    scenarios: Scenarios
    left_out: list[LeftOut]
    importance: list[Importance]
    coherence: list[Coherence]
    pairs: list[Pair]
    distribution: list[Distribution]


def audit_edition(inputs: EditionInputs, plan: Plan | None = None) -> Audit:
    """Audit an edition: the same inputs and plan give the same figures, whatever the machine and its threads.

    Args:
        inputs: out of `read_edition`.
        plan: what to do; the defaults where not given.
    """
    plan = plan or Plan()
    tree, answers, minimums = inputs.tree, inputs.answers, inputs.minimums
    uncertain = Uncertain(
        answers=answers,
        partial=plan.partial if inputs.partial_allowed.any() else None,
        pattern=group_pattern(answers, inputs.regions) if plan.missing == "zero" else None,
        reviews=inputs.reviews,
        unreviewed=inputs.unreviewed,
    )
    draws = simulate(tree, answers, _weights(inputs, plan), plan.missing, plan.rank, uncertain, plan.seed)
    errors = draws.nominal - draws.scores[:RANK_SET_DRAWS]
    found = orders(draws.ranks)
    return Audit(
        inputs=inputs,
        plan=plan,
        uncertain=uncertain,
        draws=draws,
        tiers=None if minimums is None else _tiers(inputs, minimums, draws, plan),
        rank_sets=rank_sets(draws.nominal, errors, plan.coverage),
        rank_sets_alone=rank_sets(draws.nominal, errors, plan.coverage, simultaneous=False),
        orders=found,
        indistinct=indistinct(draws.nominal, found),
        scenarios=scenarios(tree, answers, minimums, plan, inputs.partial_allowed),
        left_out=left_out(tree, answers, minimums, plan),
        importance=importance(tree, answers, plan),
        coherence=coherence(tree, answers, plan.missing),
        pairs=_pairs(inputs, plan),
        distribution=distribution(answers),
    )


def _weights(inputs: EditionInputs, plan: Plan) -> Floats:
    draw = stream(plan.seed, 0)
    if inputs.allotments is not None:
        return from_experts(inputs.tree, inputs.allotments, draw, plan.replications)
    return perturbed(inputs.tree, draw, plan.replications, plan.spread)


def _tiers(inputs: EditionInputs, minimums: tuple[float, ...], draws: Draws, plan: Plan) -> TierFigures:
    nominal, drawn = tiers(draws.nominal, minimums), tiers(draws.scores, minimums)
    kept = central(draws.nominal, draws.scores, plan.coverage)
    worth = inputs.tree.effective(inputs.tree.weight)
    return TierFigures(
        nominal=nominal,
        drawn=drawn,
        probabilities=probabilities(drawn, len(minimums)),
        sets=tier_sets(nominal, drawn, kept),
        moves=tuple(
            tuple(moves(answers, worth, float(score), minimums))
            for answers, score in zip(inputs.answers, draws.nominal, strict=True)
        ),
    )


def _pairs(inputs: EditionInputs, plan: Plan) -> list[Pair]:
    values = children_values(inputs.tree, inputs.answers, plan.missing)
    found = []
    for level in ("pillar", "indicator"):
        places = [place for place, one in enumerate(inputs.levels) if one == level]
        matrix = np.column_stack([values[place] for place in places])
        parents = [int(inputs.tree.parent[place]) if level == "indicator" else place for place in places]
        found += pairs(matrix, places, parents)
    return found
