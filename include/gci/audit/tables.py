"""Everything that is told of an edition, as tables: one function each, rows in the order of their key."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from gci.audit.arrays import DECIMALS
from gci.audit.distribution import OUTLIER, robust_z
from gci.audit.fragility import Move, to_cuts
from gci.audit.intervals import WIDTH, quantiles
from gci.audit.scenarios import CHOICES
from gci.audit.summary import summary
from gci.audit.tables_schema import SCHEMAS
from gci.audit.tier_sets import SURE
from gci.audit.whole import Audit

Rows = Iterator[Mapping[str, Any]]


def tables(audit: Audit) -> dict[str, pa.Table]:
    """All tables of an audit, by name; `edition` is the first column of each, numbers are rounded to 9 decimals.

    docs/audit.md says what each column means.
    """
    made = {name: _table(name, rows(audit), audit) for name, rows in _ROWS.items()}
    return made | {"draws": _draws(audit), "pair_probabilities": _pair_probabilities(audit)}


def _table(name: str, rows: Rows, audit: Audit) -> pa.Table:
    schema = SCHEMAS[name]
    plain = [{"edition": audit.inputs.edition} | {key: _plain(value) for key, value in row.items()} for row in rows]
    return pa.Table.from_pylist(plain, schema=schema)


def _plain(value: Any) -> Any:
    """A value as Arrow takes it: rounded, None for what there is not."""
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float):
        return None if value != value else round(value, DECIMALS) + 0.0
    return value


def _score_uncertainty(audit: Audit) -> Rows:
    draws, tiers, minimums = audit.draws, audit.tiers, audit.inputs.minimums
    scores, ranks = quantiles(draws.scores, WIDTH), quantiles(draws.ranks, WIDTH)
    for place, iso3 in enumerate(audit.inputs.units):
        row: dict[str, Any] = {"iso3": iso3, "score": draws.nominal[place]}
        row |= {f"score_{name}": scores[at, place] for at, name in enumerate(("q05", "median", "q95"))}
        row |= {f"rank_{name}": ranks[at, place] for at, name in enumerate(("q05", "median", "q95"))}
        row |= {
            "rank_best": audit.rank_sets.best[place],
            "rank_worst": audit.rank_sets.worst[place],
            "rank_best_alone": audit.rank_sets_alone.best[place],
            "rank_worst_alone": audit.rank_sets_alone.worst[place],
        }
        if tiers is not None and minimums is not None:
            up, down = to_cuts(float(draws.nominal[place]), minimums)
            fewest = {move.direction: len(move.changes) for move in tiers.moves[place]}
            row |= {
                "tier": tiers.nominal[place],
                "tier_probabilities": tiers.probabilities[place].tolist(),
                "tier_probability": tiers.probabilities[place, tiers.nominal[place] - 1],
                "tier_sure": bool(tiers.probabilities[place].max() >= SURE),
                "tier_best": tiers.sets.best[place],
                "tier_worst": tiers.sets.worst[place],
                "to_next_cut": up,
                "above_cut": down,
                "changes_up": fewest.get("up"),
                "changes_down": fewest.get("down"),
            }
        yield row


def _fragility(audit: Audit) -> Rows:
    if audit.tiers is None:
        return
    for iso3, moves in zip(audit.inputs.units, audit.tiers.moves, strict=True):
        for move in sorted(moves, key=lambda move: move.direction):
            yield from _steps(audit, iso3, move)


def _steps(audit: Audit, iso3: str, move: Move) -> Rows:
    for step, change in enumerate(move.changes, start=1):
        yield {
            "iso3": iso3,
            "direction": move.direction,
            "cut": move.cut,
            "changes": len(move.changes),
            "step": step,
            "item": audit.inputs.tree.item_names[change.item],
            "answer_from": change.before,
            "answer_to": change.after,
            "gain": change.gain,
            "score_after": change.score_after,
        }


def _method_scenarios(audit: Audit) -> Rows:
    found = audit.scenarios
    for place, chosen in enumerate(found.combinations):
        yield chosen | {
            "scenario": place + 1,
            "published": place == 0,
            "tiers_changed": None if found.tiers_changed is None else found.tiers_changed[place],
            "mean_rank_shift": found.rank_shifts[place],
        }


def _method_sensitivity(audit: Audit) -> Rows:
    found = audit.scenarios
    for outcome, shares in (("rank_shift", found.of_ranks), ("tier_changed", found.of_tiers)):
        if shares is not None:
            for place, factor in sorted(enumerate(CHOICES), key=lambda one: one[1]):
                yield {
                    "outcome": outcome,
                    "factor": factor,
                    "first_order": shares.first_order[place],
                    "shapley": shares.shapley[place],
                    "variance": shares.variance,
                }


def _left_out(audit: Audit) -> Rows:
    units = len(audit.inputs.units)
    for one in audit.left_out:
        yield {
            "node": audit.inputs.tree.nodes[one.place],
            "level": audit.inputs.levels[one.place],
            "tiers_changed": one.tiers_changed,
            "tiers_changed_share": None if one.tiers_changed is None else one.tiers_changed / units,
            "mean_rank_shift": one.mean_rank_shift,
            "largest_rank_shift": one.largest_rank_shift,
            "spearman": one.spearman,
        }


def _importance(audit: Audit) -> Rows:
    tree = audit.inputs.tree
    for one in audit.importance:
        yield {
            "node": tree.nodes[one.place],
            "parent": tree.nodes[int(tree.parent[one.place])],
            "level": audit.inputs.levels[one.place],
            "weight": one.weight,
            "importance": one.main_effect,
            "importance_share": one.main_effect_share,
            "variance_share": one.variance_share,
            "ratio": one.ratio,
        }


def _coherence(audit: Audit) -> Rows:
    level = dict(zip(audit.inputs.tree.nodes, audit.inputs.levels, strict=True))
    for one in audit.coherence:
        yield {
            "node": one.node,
            "level": level[one.node],
            "children": one.children,
            "alpha": one.alpha,
            "kr20": one.kr20,
            "mean_correlation": one.mean_correlation,
            "items": one.items,
            "alpha_items": one.alpha_items,
            "components": one.components.kept,
            "explained": one.components.explained,
        }


def _correlations(audit: Audit) -> Rows:
    nodes, levels = audit.inputs.tree.nodes, audit.inputs.levels
    for one in audit.pairs:
        yield {
            "node": nodes[one.one],
            "other": nodes[one.other],
            "level": levels[one.one],
            "relation": "within" if one.within else "between",
            "pearson": one.pearson,
            "spearman": one.spearman,
            "mark": one.mark,
        }


def _principal_components(audit: Audit) -> Rows:
    for one in audit.coherence:
        found = one.components
        for place, eigenvalue in enumerate(found.eigenvalues):
            yield {
                "node": one.node,
                "component": place + 1,
                "eigenvalue": eigenvalue,
                "share": found.shares[place],
                "cumulated": found.shares[: place + 1].sum(),
                "kept": place < found.kept,
            }


def _answer_distribution(audit: Audit) -> Rows:
    for item, one in zip(audit.inputs.tree.item_names, audit.distribution, strict=True):
        yield {"item": item} | one.__dict__


def _change_outliers(audit: Audit) -> Rows:
    inputs = audit.inputs
    changes = audit.draws.nominal - inputs.scores_before
    known = np.flatnonzero(~np.isnan(changes))
    distances = robust_z(changes[known]) if len(known) else changes[known]
    for place, distance in zip(known, distances, strict=True):
        yield {
            "iso3": inputs.units[place],
            "edition_before": inputs.before,
            "change": changes[place],
            "robust_z": distance,
            "outlier": bool(abs(distance) > OUTLIER),
        }


def _summary(audit: Audit) -> Rows:
    yield summary(audit)


_ROWS: dict[str, Callable[[Audit], Rows]] = {
    "score_uncertainty": _score_uncertainty,
    "fragility": _fragility,
    "method_scenarios": _method_scenarios,
    "method_sensitivity": _method_sensitivity,
    "left_out": _left_out,
    "importance": _importance,
    "coherence": _coherence,
    "correlations": _correlations,
    "principal_components": _principal_components,
    "answer_distribution": _answer_distribution,
    "change_outliers": _change_outliers,
    "audit_summary": _summary,
}


def _draws(audit: Audit) -> pa.Table:
    draws, tiers = audit.draws, audit.tiers
    count, units = draws.scores.shape
    iso3 = pa.DictionaryArray.from_arrays(
        pa.array(np.tile(np.arange(units, dtype=np.int32), count)), pa.array(audit.inputs.units)
    )
    tier = pa.nulls(count * units, pa.int8()) if tiers is None else pa.array(tiers.drawn.ravel())
    return pa.table(
        {
            "edition": _repeated(audit.inputs.edition, count * units),
            "draw": pa.array(np.repeat(np.arange(1, count + 1, dtype=np.int32), units)),
            "iso3": iso3.cast(pa.string()),
            "score": pa.array(draws.scores.ravel()),
            "tier": tier,
        },
        schema=SCHEMAS["draws"],
    )


def _pair_probabilities(audit: Audit) -> pa.Table:
    units, found = np.array(audit.inputs.units), audit.orders
    one, other = np.nonzero(~np.eye(len(units), dtype=np.bool_))
    return pa.table(
        {
            "edition": _repeated(audit.inputs.edition, len(one)),
            "iso3": pa.array(units[one]),
            "other": pa.array(units[other]),
            "probability": pa.array(found.above[one, other]),
            "tied": pa.array(found.tied[one, other]),
        },
        schema=SCHEMAS["pair_probabilities"],
    )


def _repeated(text: str, times: int) -> pa.Array:
    return pa.repeat(pa.scalar(text, pa.string()), times)
