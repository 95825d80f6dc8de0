"""A framework as a tree: nodes with weights relative to their siblings, items as leaves at any level."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from gci.audit.arrays import Floats, Ints


class Node(NamedTuple):
    """One row of a framework.

    Attributes:
        node: its name.
        parent: name of the node above; '' for the root.
        level: 1 for items, more for what stands above.
        weight: relative to its siblings; None where none is given (allowed for the root alone).
        row: where it stands in its file or table, for messages.
    """

    node: str
    parent: str
    level: int
    weight: float | None
    row: int | None = None


class Fault(NamedTuple):
    """Something wrong with a table: at which row and column, and what."""

    row: int | None
    column: str | None
    message: str


class BadTree(Exception):
    """The rows are no tree that can be scored; `faults` has everything that is wrong."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(fault.message for fault in faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, eq=False)
class Tree:
    """A framework that can be scored.

    Attributes:
        nodes: names of all nodes, (M,), in the order of the framework.
        parent: place of each node's parent in `nodes`, (M,); -1 for the root.
        level: (M,); 1 for items.
        weight: (M,), relative to siblings, not negative, some above zero under each parent; the root's is 1.
    """

    nodes: tuple[str, ...]
    parent: Ints
    level: Ints
    weight: Floats

    @cached_property
    def children(self) -> tuple[Ints, ...]:
        """Per node the places of its children, in the order of the framework; nothing for items."""
        below: dict[int, list[int]] = defaultdict(list)
        for place, parent in enumerate(self.parent.tolist()):
            below[parent].append(place)
        return tuple(np.array(below[place], dtype=np.int64) for place in range(len(self.nodes)))

    @cached_property
    def root(self) -> int:
        """Place of the root."""
        return int(np.flatnonzero(self.parent < 0)[0])

    @cached_property
    def items(self) -> Ints:
        """Places of the items, (K,), in the order of the framework: the order of the columns of answers."""
        return np.array([place for place, below in enumerate(self.children) if not len(below)], dtype=np.int64)

    @cached_property
    def item_names(self) -> tuple[str, ...]:
        """Names of the items, in the order of the columns of answers."""
        return tuple(self.nodes[place] for place in self.items)

    @cached_property
    def bottom_up(self) -> tuple[int, ...]:
        """Places of the nodes with children, children before parents; the root is last."""
        return tuple(place for place in reversed(self._top_down()) if len(self.children[place]))

    @cached_property
    def column(self) -> dict[int, int]:
        """Place of an item in `nodes` → its column in the answers."""
        return {int(place): column for column, place in enumerate(self.items)}

    def _top_down(self) -> list[int]:
        order = [self.root]
        for place in order:
            order.extend(int(child) for child in self.children[place])
        return order

    def scaled(self, weights: Floats) -> Floats:
        """Weights (…, M), those of siblings times one power of two each, so that all lie below 1: sums stay finite."""
        result = np.ones_like(weights)
        for place in self.bottom_up:
            part = weights[..., self.children[place]]
            _, exponent = np.frexp(part.max(axis=-1, keepdims=True))
            result[..., self.children[place]] = np.ldexp(part, -exponent)
        return result

    def normalised(self, weights: Floats) -> Floats:
        """Weights (…, M) as shares of their siblings' sum; the root's is 1."""
        shares = self.scaled(weights)
        for place in self.bottom_up:
            below = self.children[place]
            part = shares[..., below]
            shares[..., below] = part / _total(part)[..., None]
        return shares

    def effective(self, weights: Floats) -> Floats:
        """What each item is worth of the whole, (…, K), sums to 1: the product of the shares from the item to the root.

        Args:
            weights: (…, M), relative to siblings.
        """
        whole = self.normalised(weights)
        for place in self._top_down()[1:]:
            whole[..., place] *= whole[..., self.parent[place]]
        return whole[..., self.items]

    def below(self, place: int) -> Ints:
        """Columns of the items under a node, itself if it is one, in the order of the framework."""
        found, open_places = [], [place]
        while open_places:
            one = open_places.pop()
            below = self.children[one]
            open_places.extend(int(child) for child in below)
            if not len(below):
                found.append(self.column[one])
        return np.array(sorted(found), dtype=np.int64)

    def without(self, place: int) -> Floats:
        """The weights with those of a node at zero, so that its siblings share what it was worth, (M,).

        Raises ValueError where no sibling is left that weighs anything.
        """
        weights = self.weight.copy()
        weights[place] = 0.0
        if place == self.root or not weights[self.children[int(self.parent[place])]].sum() > 0:
            raise ValueError(f"{self.nodes[place]} has no sibling that could take its weight")
        return weights


APART = 1e305
"""Of siblings no weight may be so many times another one: nothing would be left of the smaller."""


def _total(part: Floats) -> Floats:
    """The sum over the last axis, added from left to right whatever the machine."""
    total = part[..., 0].copy()
    for column in range(1, part.shape[-1]):
        total += part[..., column]
    return total


def build_tree(rows: Iterable[Node]) -> Tree:
    """The tree that rows describe.

    Raises:
        BadTree: with everything that is wrong: names twice or empty, no root or several, a parent that there is not, a
            circle, levels that do not rise towards the root, weights that are missing, negative, no finite numbers,
            all zero under one parent, or too far apart there to be added.
    """
    nodes = list(rows)
    named = [one for one in nodes if one.node]
    circles = list(_circles(named))
    faults = [*_names(nodes), *_parents(nodes), *circles, *_weights(nodes), *(() if circles else _levels(named))]
    if faults:
        raise BadTree(sorted(faults, key=lambda fault: (fault.row is not None, fault.row or 0)))
    place = {one.node: number for number, one in enumerate(nodes)}
    return Tree(
        nodes=tuple(place),
        parent=np.array([place.get(one.parent, -1) for one in nodes], dtype=np.int64),
        level=np.array([one.level for one in nodes], dtype=np.int64),
        weight=np.array([1.0 if not one.parent else one.weight for one in nodes], dtype=np.float64),
    )


def _names(nodes: Sequence[Node]) -> Iterator[Fault]:
    first: dict[str, Node] = {}
    for one in nodes:
        if not one.node:
            yield Fault(one.row, "node", "the node has no name")
        elif one.node in first:
            yield Fault(one.row, "node", f"{one.node} stands there twice, first in row {first[one.node].row}")
        first.setdefault(one.node, one)


def _parents(nodes: Sequence[Node]) -> Iterator[Fault]:
    if not nodes:
        yield Fault(None, None, "there are no nodes in it")
        return
    names = {one.node for one in nodes}
    is_parent = {one.parent for one in nodes}
    roots = [one for one in nodes if not one.parent]
    inner = [one for one in roots if one.node in is_parent] or roots[:1]
    if not roots:
        yield Fault(None, "parent", "no node has an empty parent, so there is no root")
    for one in roots:
        if one.node not in is_parent and one not in inner:
            yield Fault(one.row, "parent", f"{one.node} has no parent")
    if len(inner) > 1:
        listed = ", ".join(one.node for one in inner)
        for one in inner[1:]:
            yield Fault(one.row, "parent", f"{one.node} is a second root; only one node may have no parent ({listed})")
    for one in nodes:
        if one.parent and one.parent not in names:
            yield Fault(one.row, "parent", f"{one.parent}, the parent of {one.node}, is no node of the framework")
    if len(nodes) == 1 and roots:
        yield Fault(
            nodes[0].row, "parent", f"{nodes[0].node} is the only node, and a root without children has no score"
        )


def _weights(nodes: Sequence[Node]) -> Iterator[Fault]:
    for one in nodes:
        if one.weight is None:
            if one.parent:
                yield Fault(one.row, "weight", f"{one.node} has no weight")
        elif not math.isfinite(one.weight):
            yield Fault(
                one.row, "weight", f"the weight of {one.node} is {one.weight}, which is no number to weigh with"
            )
        elif one.weight < 0:
            yield Fault(one.row, "weight", f"the weight of {one.node} is negative: {one.weight:g}")
    yield from _weights_of_siblings(nodes)


def _weights_of_siblings(nodes: Sequence[Node]) -> Iterator[Fault]:
    siblings: dict[str, list[Node]] = defaultdict(list)
    for one in nodes:
        if one.parent:
            siblings[one.parent].append(one)
    for parent, below in siblings.items():
        if all(one.weight == 0 for one in below):
            yield Fault(below[0].row, "weight", f"the weights of all nodes under {parent} are zero")
        weighed = [(one.weight, one) for one in below if one.weight and 0 < one.weight < math.inf]
        most = max((weight for weight, _ in weighed), default=0.0)
        for weight, one in weighed:
            if weight < most / APART:
                yield Fault(one.row, "weight", apart(one.node, parent, weight, most))


def apart(node: str, parent: str, weight: float, most: float) -> str:
    """What is said of a weight that vanishes beside that of a sibling."""
    return f"{weight:g}, the weight of {node}, vanishes beside {most:g} under the same {parent}; it may as well be 0"


def _circles(nodes: Sequence[Node]) -> Iterator[Fault]:
    above = {one.node: one.parent for one in nodes}
    rows = {one.node: one.row for one in nodes}
    seen: set[str] = set()
    for start in above:
        path: dict[str, None] = {}
        here = start
        while here in above and here not in path and here not in seen:
            path[here] = None
            here = above[here]
        if here in path:
            walk = list(path)
            circle = walk[walk.index(here) :]
            yield Fault(rows[here], "parent", f"a circle of parents: {' under '.join([*circle, here])}")
        seen.update(path)


def _levels(nodes: Sequence[Node]) -> Iterator[Fault]:
    level = {one.node: one.level for one in nodes}
    children = Counter(one.parent for one in nodes)
    for one in nodes:
        if one.level < 1:
            yield Fault(one.row, "level", f"the level of {one.node} is {one.level}; levels begin with 1, that of items")
        elif one.level == 1 and children[one.node]:
            yield Fault(one.row, "level", f"{one.node} has level 1, that of items, and is the parent of other nodes")
        elif 1 < level.get(one.parent, math.inf) <= one.level:  # a parent of level 1 is told itself
            yield Fault(
                one.row,
                "level",
                f"{one.node} has level {one.level} and its parent {one.parent} level {level[one.parent]}: levels rise "
                "towards the root",
            )
