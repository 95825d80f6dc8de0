"""What the drawn answers aim at: the real values of the past, and what each question weighs."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from itertools import product

from gci.core.errors import WrongUsage
from gci.core.paths import REPLAY
from gci.reference import seeds
from gci.reference.seed_files import rows_of, seeds_of_kind
from gci.simulate.seeded_random import seeded_random


@cache
def real_values(edition: str) -> dict[str, dict[str, float]]:
    """For each state of the edition before with figures its value (0 to 1) of each indicator of `edition`.

    Indicators are matched by their concept. Raises WrongUsage when the project carries no figures of an edition before.
    """
    figures = sorted(REPLAY.glob("indicator_values_*.csv"))
    before = [path for path in figures if path.stem.rpartition("_")[2] < edition]
    if not before:
        raise WrongUsage(f"There are no real figures of an edition before {edition} that a simulation could follow.")
    earlier = before[-1].stem.rpartition("_")[2]
    codes = {node.concept: node.node for node in seeds.framework(earlier).values() if node.level == "indicator"}
    wanted = {node.node: codes.get(node.concept) for node in _indicators(edition)}
    with before[-1].open(encoding="utf-8", newline="") as lines:
        return {
            row["iso3"]: {indicator: float(row[code]) for indicator, code in wanted.items() if code}
            for row in csv.DictReader(lines)
        }


@cache
def shares(edition: str) -> dict[str, dict[str, Fraction]]:
    """By indicator what each question weighs (sum 1): the mean of the experts' points, or what the tree says."""
    points: dict[str, Fraction] = {}
    allotments = [path for name, path in seeds_of_kind("allotment").items() if name.startswith(f"{edition}_")]
    for row in (row for path in allotments for row in rows_of(path)):
        points[row["node"]] = points.get(row["node"], Fraction(0)) + Fraction(row["points"])
    found: dict[str, dict[str, Fraction]] = {}
    for item, node in seeds.items(edition).items():
        found.setdefault(str(node.parent), {})[item] = points[item] if points else node.weight or Fraction(1)
    return {
        indicator: {item: weight / sum(weights.values()) for item, weight in weights.items()}
        for indicator, weights in found.items()
    }


def nearest_answers(
    edition: str, indicator: str, target: float, given: Mapping[str, str], *seed: object
) -> dict[str, str]:
    """Answers to the questions of an indicator whose weighted sum is as near to `target` as any; chance parts ties.

    No answer depends on what another, here or among those `given` before, denies.
    """
    codes = list(shares(edition)[indicator])
    denied = {(codes.index(one.question), one.answer) for one in _across(edition, indicator) if one.is_denied_by(given)}
    combinations = [
        (score, answers)
        for score, answers in _combinations(edition, indicator)
        if not any(answers[place] == answer for place, answer in denied)
    ]
    nearest = min(abs(score - target) for score, _ in combinations)
    best = [answers for score, answers in combinations if abs(score - target) <= nearest + 1e-9]
    answers = seeded_random(*seed, indicator).choice(best)
    return dict(zip(shares(edition)[indicator], answers, strict=True))


@cache
def _combinations(edition: str, indicator: str) -> list[tuple[float, tuple[str, ...]]]:
    """Every way to answer the questions of an indicator that does not contradict itself, with its score from 0 to 1."""
    weights = [float(weight) for weight in shares(edition)[indicator].values()]
    nodes = [seeds.items(edition)[item] for item in shares(edition)[indicator]]
    choices = [("no", "partial", "yes") if node.allows_partial else ("no", "yes") for node in nodes]
    codes = [node.node for node in nodes]
    values = seeds.answer_values(edition)
    return [
        (sum(weight * values[answer] for weight, answer in zip(weights, answers, strict=True)), answers)
        for answers in product(*choices)
        if not contradictions(edition, dict(zip(codes, answers, strict=True)))
    ]


def contradictions(edition: str, answers: Mapping[str, str | None]) -> list[seeds.Dependency]:
    """What does not go together in the answers of a state (question → answer)."""
    return [one for one in seeds.dependencies(edition) if one.is_broken_by(answers)]


def _across(edition: str, indicator: str) -> list[seeds.Dependency]:
    """What depends in an indicator on answers to the questions of others."""
    own = shares(edition)[indicator]
    return [one for one in seeds.dependencies(edition) if one.question in own and not own.keys() & set(one.needs)]


def _indicators(edition: str) -> list[seeds.Node]:
    return [node for node in seeds.framework(edition).values() if node.level == "indicator"]
