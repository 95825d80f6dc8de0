"""What the audit of an edition starts from, out of a DuckDB file of the warehouse: read here, computed elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from gci.audit.answers import Reviews, count_reviews
from gci.audit.arrays import Flags, Floats
from gci.audit.tree import BadTree, Node, Tree, build_tree
from gci.core.database.warehouse_file import reading
from gci.core.errors import Refused, TryAgain, WrongUsage
from gci.reference.seeds import tier_minimums

if TYPE_CHECKING:
    import duckdb

ROOT = "overall"
_KINDS = ("question", "indicator", "pillar", ROOT)
"""Of nodes, from the lowest up."""


@dataclass(frozen=True, eq=False)
class EditionInputs:
    """What the audit of one edition starts from.

    Attributes:
        edition: its name.
        units: (N,), iso3 of the member states that have a score, in alphabetical order.
        tree: its framework under a root `overall`, in the order of the codes.
        levels: (M,), overall, pillar, indicator or question.
        answers: (N, K), NaN where missing.
        published: (N,), scores as the warehouse has them.
        minimums: the lowest score of each tier, tier 1 first; None for an edition with ranks.
        partial_allowed: (K,), whether the item is a question that may be answered partial.
        allotments: (E, K), points of the whole by expert; None where no experts are on record.
        reviews: what became of reviewed answers, by pillar; None where none are on record.
        unreviewed: (N, K), answers that states or desk research gave and nobody reviewed.
        regions: (N,), ITU region of each state, the group whose pattern a missing answer is held to.
        before: edition before this one, whose name; None where the file has none.
        scores_before: (N,), scores in it; NaN where a state had none.
    """

    edition: str
    units: tuple[str, ...]
    tree: Tree
    levels: tuple[str, ...]
    answers: Floats
    published: Floats
    minimums: tuple[float, ...] | None
    partial_allowed: Flags
    allotments: Floats | None
    reviews: Reviews | None
    unreviewed: Flags
    regions: tuple[str, ...]
    before: str | None
    scores_before: Floats


def read_edition(database: Path, edition: str) -> EditionInputs:
    """Read what the audit of an edition starts from, out of a candidate or published file, read-only.

    Raises:
        WrongUsage: the edition is not in the file, or has no scores there.
        Refused: its framework is no tree with weights, or the file lacks a table or column that is needed.
        Blocked: a log of unfinished writes lies beside the file.
        TryAgain: DuckDB cannot read the file.
    """
    import duckdb

    try:
        with reading(database) as connection:
            return inputs_of(connection, edition)
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        what = str(error).splitlines()[0]
        raise Refused(
            f"{database} has not all that an audit starts from ({what}). It was made by another version of the "
            "program; audit a file that this one made."
        ) from error
    except duckdb.Error as error:
        raise TryAgain(f"DuckDB could not read {database}: {error}. Nothing was changed.") from error


def inputs_of(
    connection: duckdb.DuckDBPyConnection, edition: str, minimums: Sequence[float] | None = None
) -> EditionInputs:
    """The same out of a connection whose current schema has the warehouse's tables.

    Args:
        connection: with editions, framework, answers, overall_scores, weight_allotments, group_members; and tiers and
            review_outcomes where the file has them.
        edition: its name.
        minimums: the lowest score of each tier, tier 1 first; from the tables when not given.

    Raises:
        WrongUsage: the edition is not there, or has no scores.
        Refused: its framework is no tree with weights.
    """
    scored = _rows(
        connection,
        "select iso3, score from overall_scores where edition = ? and score is not null order by iso3",
        edition,
    )
    if not scored:
        known = [name for (name,) in _rows(connection, "select distinct edition from overall_scores order by edition")]
        raise WrongUsage(
            f"There are no scores of edition {edition!r}; there are those of {', '.join(known) or 'none'}."
        )
    units = tuple(iso3 for iso3, _ in scored)
    tree, levels, partial = _framework(connection, edition)
    answers, unreviewed = _answers(connection, edition, units, tree)
    before, scores_before = _before(connection, edition, units)
    return EditionInputs(
        edition=edition,
        units=units,
        tree=tree,
        levels=levels,
        answers=answers,
        published=np.array([score for _, score in scored], dtype=np.float64),
        minimums=_minimums(connection, edition) if minimums is None else tuple(map(float, minimums)) or None,
        partial_allowed=partial,
        allotments=_allotments(connection, edition, tree),
        reviews=_reviews(connection, edition, tree, partial) if "question" in levels else None,
        unreviewed=unreviewed,
        regions=_regions(connection, edition, units),
        before=before,
        scores_before=scores_before,
    )


def _rows(connection: duckdb.DuckDBPyConnection, statement: str, *values: str) -> list[tuple[Any, ...]]:
    return connection.execute(statement, list(values)).fetchall()


def _framework(connection: duckdb.DuckDBPyConnection, edition: str) -> tuple[Tree, tuple[str, ...], Flags]:
    rows = _rows(
        connection,
        "select node, parent, level, weight, allows_partial from framework where edition = ?"
        " order by case level when 'pillar' then 1 when 'indicator' then 2 else 3 end, node",
        edition,
    )
    names = {node: level for node, _, level, _, _ in rows} | {ROOT: ROOT}
    lowest = 0 if "question" in names.values() else 1
    nodes = [Node(ROOT, "", len(_KINDS) - lowest, None)]
    nodes += [
        Node(node, parent or ROOT, _KINDS.index(level) + 1 - lowest, weight) for node, parent, level, weight, _ in rows
    ]
    try:
        tree = build_tree(nodes)
    except BadTree as error:
        raise Refused(f"The framework of {edition} cannot be scored: {error}.") from None
    allowed = {node: bool(partial) for node, _, _, _, partial in rows}
    partial = np.array([allowed[name] for name in tree.item_names], dtype=np.bool_)
    return tree, tuple(names[node] for node in tree.nodes), partial


def _answers(
    connection: duckdb.DuckDBPyConnection, edition: str, units: Sequence[str], tree: Tree
) -> tuple[Floats, Flags]:
    rows = _rows(
        connection,
        "select iso3, item, answer, source in ('returned', 'desk') and taken_from is null from answers"
        " where edition = ? and answer is not null",
        edition,
    )
    unit_of = {unit: place for place, unit in enumerate(units)}
    item_of = {item: place for place, item in enumerate(tree.item_names)}
    answers = np.full((len(units), len(item_of)), np.nan)
    unreviewed = np.zeros(answers.shape, dtype=np.bool_)
    for iso3, item, answer, claimed in rows:
        if iso3 in unit_of and item in item_of:
            answers[unit_of[iso3], item_of[item]] = answer
            unreviewed[unit_of[iso3], item_of[item]] = claimed
    return answers, unreviewed


def _has(connection: duckdb.DuckDBPyConnection, table: str) -> bool:
    """Whether a table can be read under its bare name: files from before it was made have none."""
    import duckdb

    try:
        connection.execute(f"select * from {table} limit 0")
    except duckdb.CatalogException:
        return False
    return True


def _minimums(connection: duckdb.DuckDBPyConnection, edition: str) -> tuple[float, ...] | None:
    if not _has(connection, "tiers"):
        return tier_minimums(edition)
    rows = _rows(connection, "select minimum from tiers where edition = ? order by tier", edition)
    return tuple(float(minimum) for (minimum,) in rows) or None


def _allotments(connection: duckdb.DuckDBPyConnection, edition: str, tree: Tree) -> Floats | None:
    """Points of the pillar by expert and item; of the whole too, as pillars are worth the same."""
    rows = _rows(
        connection, "select expert, node, points from weight_allotments where edition = ? order by expert", edition
    )
    experts = list(dict.fromkeys(expert for expert, _, _ in rows))
    if len(experts) < 2:
        return None
    points = {(expert, node): value for expert, node, value in rows}
    return np.array([[points.get((expert, item), 0.0) for item in tree.item_names] for expert in experts])


def _reviews(connection: duckdb.DuckDBPyConnection, edition: str, tree: Tree, partial: Flags) -> Reviews | None:
    if not _has(connection, "review_outcomes"):
        return None
    rows = _rows(connection, "select pillar, claimed, final, answers from review_outcomes where edition = ?", edition)
    pillars = [tree.nodes[place] for place in tree.children[tree.root]]
    class_of = {pillar: place for place, pillar in enumerate(pillars)}
    outcomes = [
        (class_of[pillar], claimed, final)
        for pillar, claimed, final, answers in rows
        for _ in range(int(answers))
        if pillar in class_of
    ]
    if not outcomes:
        return None
    classes = np.empty(len(tree.items), dtype=np.int64)
    for pillar, kind in class_of.items():
        classes[tree.below(tree.nodes.index(pillar))] = kind
    return Reviews(count_reviews(outcomes, len(pillars)), classes, partial)


def _regions(connection: duckdb.DuckDBPyConnection, edition: str, units: Sequence[str]) -> tuple[str, ...]:
    rows = _rows(
        connection,
        "select iso3, member_group from group_members where edition = ? and grouping = 'itu_region'",
        edition,
    )
    region = dict(rows)
    return tuple(region.get(unit, "") for unit in units)


def _before(connection: duckdb.DuckDBPyConnection, edition: str, units: Sequence[str]) -> tuple[str | None, Floats]:
    earlier = _rows(
        connection,
        "select edition from editions where edition in (select edition from overall_scores) and reference_year <"
        " (select reference_year from editions where edition = ?) order by reference_year desc limit 1",
        edition,
    )
    if not earlier:
        return None, np.full(len(units), np.nan)
    score = dict(_rows(connection, "select iso3, score from overall_scores where edition = ?", earlier[0][0]))
    scores = [score.get(unit) for unit in units]
    return earlier[0][0], np.array([np.nan if one is None else one for one in scores], dtype=np.float64)
