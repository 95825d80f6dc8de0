"""The files of `gci audit`: an answer matrix, a framework, weights → arrays; or everything that is wrong with them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from gci.audit.arrays import Floats
from gci.audit.csv_table import Problems, Rows, number, table
from gci.audit.tree import APART, BadTree, Node, Tree, apart, build_tree
from gci.core.errors import Refused, WrongUsage

FRAMEWORK = ("node", "parent", "level", "weight")


@dataclass(frozen=True, eq=False)
class Answers:
    """An answer matrix.

    Attributes:
        units: (N,), in the order of the file.
        values: (N, K), 0–1, NaN where missing; columns in the order of the framework's items.
    """

    units: tuple[str, ...]
    values: Floats


def read_files(answers: Path, framework: Path, weights: Path | None = None) -> tuple[Answers, Tree, Floats | None]:
    """Read the files of one audit.

    Args:
        answers: one row a unit: `unit`, then one column per item; values 0–1, empty where missing.
        framework: `node,parent,level,weight`.
        weights: `node`, then one column per replication; None where weights are drawn.

    Returns:
        The answers; the tree; the weights (R, M), None where there is no file.

    Raises:
        WrongUsage: one of them is not a file.
        Refused: with everything that is wrong, by file, row (the first line is row 1) and column.
    """
    for path in (answers, framework, weights):
        if path is not None and not path.is_file():
            raise WrongUsage(f"{path} is not a file. Name the CSV files to audit.")
    about_tree, about_answers = Problems(framework), Problems(answers)
    nodes, tree = _framework(framework, about_tree)
    header, rows = table(answers, about_answers)
    found = _answers(header, rows, nodes, tree, about_answers)
    problems = [*about_tree.lines(), *about_answers.lines()]
    given = None
    if weights is not None:
        about_weights = Problems(weights)
        given = _weights(weights, nodes, tree, about_weights)
        problems += about_weights.lines()
    if problems or tree is None or found is None:
        raise Refused("\n".join(problems))
    return found, tree, given


def _framework(path: Path, about: Problems) -> tuple[list[Node], Tree | None]:
    """The nodes, as far as they can be read, and the tree: none where something is wrong with them."""
    header, rows = table(path, about)
    if about.faults:
        return [], None
    for name in FRAMEWORK:
        if name not in header:
            about.add(about.header, name, f"the column is missing; a framework has {', '.join(FRAMEWORK)}")
    for name in header:
        if name not in FRAMEWORK:
            about.add(about.header, name, f"the column is not known; a framework has {', '.join(FRAMEWORK)}")
    if about.faults:
        return [], None
    nodes = []
    for at, cells in rows:
        row = dict(zip(header, cells, strict=True))
        level, weight = _level(row, at, about), number(row["weight"], at, "weight", about)
        nodes.append(Node(row["node"], row["parent"], level, weight, at))
    _childless(nodes, about)
    try:
        tree = build_tree(nodes)
    except BadTree as error:
        told = {(one.row, one.column) for one in about.faults}
        about.faults += [one for one in error.faults if (one.row, one.column) not in told]
        about.faults.sort(key=lambda one: (one.row is not None, one.row or 0))
        return nodes, None
    return nodes, None if about.faults else tree


def _childless(nodes: Sequence[Node], about: Problems) -> None:
    parents = {one.parent for one in nodes}
    for one in nodes:
        if one.level > 1 and one.parent and one.node not in parents:
            about.add(
                one.row, "level", f"{one.node} has level {one.level} and nothing lies under it: items have level 1"
            )


def _items(nodes: Sequence[Node]) -> list[str]:
    """Names of the items, whatever else may be wrong with the framework."""
    parents = {one.parent for one in nodes}
    return [one.node for one in nodes if one.level <= 1 and one.node and one.node not in parents]


def _level(row: Mapping[str, str], at: int, about: Problems) -> int:
    text = row["level"].removesuffix(".0")
    if text.isdecimal() and len(text) < 10:
        return int(text)
    about.add(at, "level", f"the level of {row['node']} is {row['level']!r}, which is no whole number from 1")
    return 1


def _answers(
    header: Sequence[str], rows: Rows, nodes: Sequence[Node], tree: Tree | None, about: Problems
) -> Answers | None:
    if not header:
        return None
    if not rows and not about.faults:
        about.add(None, None, "there are no units in it")
    if header[0] != "unit":
        about.add(about.header, header[0], "the first column has to be unit")
    if len(header) == 1:
        about.add(about.header, None, "there are no items in it")
    if nodes:
        _columns(header, nodes, about)
    _units(rows, about)
    values = np.full((len(rows), len(header) - 1), np.nan)
    for place, (at, cells) in enumerate(rows):
        for column, cell in enumerate(cells[1:]):
            if cell:
                values[place, column] = _answer(cell, at, header[column + 1], about)
    if about.faults or tree is None:
        return None
    place_of = {name: place for place, name in enumerate(header[1:])}
    order = [place_of[name] for name in tree.item_names]
    return Answers(tuple(cells[0] for _, cells in rows), values[:, order])


def _units(rows: Rows, about: Problems) -> None:
    first: dict[str, int] = {}
    for at, (unit, *_) in rows:
        if not unit:
            about.add(at, "unit", "the unit has no name")
        elif unit in first:
            about.add(at, "unit", f"{unit} stands there twice, first in row {first[unit]}")
        first.setdefault(unit, at)


def _columns(header: Sequence[str], nodes: Sequence[Node], about: Problems) -> None:
    items, parents = dict.fromkeys(_items(nodes)), {one.parent for one in nodes}
    childless = {one.node for one in nodes} - parents - items.keys()  # told in the framework's own lines
    there = set(header[1:])
    for name in header[1:]:
        if name and name not in items and name not in childless:
            what = "is no item: other nodes lie under it" if name in parents else "is no item of the framework"
            about.add(about.header, name, f"{name} {what}")
    for name in items:
        if name not in there:
            about.add(about.header, name, f"the column is missing: the framework has the item {name}")


def _answer(cell: str, row: int, column: str, about: Problems) -> float:
    value = number(cell, row, column, about)
    if value is None:
        return math.nan
    if not 0 <= value <= 1:
        about.add(row, column, f"{cell} does not lie from 0 to 1")
        return math.nan
    return value


def _weights(path: Path, nodes: Sequence[Node], tree: Tree | None, about: Problems) -> Floats | None:
    header, rows = table(path, about)
    if header:
        _replications(header, about)
    if about.faults or not nodes:
        return None
    places = {one.node: place for place, one in enumerate(nodes) if one.node}
    below_root = [one.node for one in nodes if one.node and one.parent]
    found = np.ones((len(header) - 1, len(nodes)))
    first: dict[str, int] = {}
    for at, cells in rows:
        name = cells[0]
        if name not in places:
            about.add(at, "node", f"{name or 'a node without a name'} is no node of the framework")
        elif name in first:
            about.add(at, "node", f"{name} stands there twice, first in row {first[name]}")
        elif nodes[places[name]].parent:
            found[:, places[name]] = _drawn(header, cells, at, about)
        first.setdefault(name, at)
    for name in dict.fromkeys(below_root):
        if name not in first:
            about.add(None, "node", f"there are no weights for {name}")
    if about.faults or tree is None:
        return None
    _shared(tree, header, first, found, about)
    return None if about.faults else found


def _replications(header: Sequence[str], about: Problems) -> None:
    if header[0] != "node":
        about.add(about.header, header[0], "the first column has to be node")
    if len(header) == 1:
        about.add(about.header, None, "there are no replications in it")
    for place, name in enumerate(header[1:], start=1):
        if name and name != f"r_{place}":
            about.add(about.header, name, f"the column has to be r_{place}: replications are counted from r_1")


def _drawn(header: Sequence[str], cells: Sequence[str], row: int, about: Problems) -> Floats:
    try:
        values = np.array(cells[1:], dtype=np.float64)
        values[["_" in cell for cell in cells[1:]]] = np.nan  # which Python takes for a number
    except ValueError:
        values = np.full(len(cells) - 1, np.nan)
    for place in np.flatnonzero(~(np.isfinite(values) & (values >= 0))).tolist():
        text, column = cells[place + 1], header[place + 1]
        value = number(text, row, column, about)
        if not text:
            about.add(row, column, f"{cells[0]} has no weight")
        elif value is not None and value < 0:
            about.add(row, column, f"the weight of {cells[0]} is negative: {text}")
        elif value is not None:
            values[place] = value
    return values


def _shared(tree: Tree, header: Sequence[str], rows: Mapping[str, int], found: Floats, about: Problems) -> None:
    """Under every node there has to be something to share out, in every replication, and nothing that vanishes."""
    for place in tree.bottom_up:
        below = tree.children[place]
        part, above = found[:, below], tree.nodes[place]
        most = part.max(axis=1)
        for replication in np.flatnonzero(most == 0).tolist():
            row = rows[tree.nodes[int(below[0])]]
            about.add(row, header[replication + 1], f"the weights of all nodes under {above} are zero")
        for replication, child in np.argwhere((part > 0) & (part < most[:, None] / APART)).tolist():
            name = tree.nodes[int(below[child])]
            told = apart(name, above, part[replication, child], most[replication])
            about.add(rows[name], header[replication + 1], told)
