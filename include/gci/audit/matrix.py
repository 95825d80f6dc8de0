"""`gci audit` on files: any answer matrix and framework → scores, ranks, intervals and coherence as CSV."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from gci.audit.arrays import Floats, rounded
from gci.audit.coherence import coherence
from gci.audit.csv_in import read_files
from gci.audit.csv_out import write_matrix, write_rows
from gci.audit.intervals import quantiles
from gci.audit.plan import Plan
from gci.audit.ranks import NO_RANK
from gci.audit.simulation import Draws, simulate, stream
from gci.audit.tree import Tree
from gci.audit.weights import perturbed
from gci.core.atomic_directory import hidden
from gci.core.errors import Blocked, WrongUsage

INTERVALS = ("unit", "nominal", "mean", "median", "q05", "q95")
COHERENCE = ("node", "children", "alpha", "kr20", "mean_correlation", "items", "alpha_items", "components", "explained")


@dataclass(frozen=True)
class Audited:
    """What was done.

    Attributes:
        units: how many there are.
        items: how many there are.
        replications: how many there are.
        without_score: units that have no answer at all, so no score and no rank.
        files: names of the files that were written.
    """

    units: int
    items: int
    replications: int
    without_score: tuple[str, ...]
    files: tuple[str, ...]


def audit_files(
    answers: Path, framework: Path, weights: Path | None, plan: Plan, replications: int | None, out: Path
) -> Audited:
    """Read an answer matrix and a framework, and write what replications make of them.

    Args:
        answers: A.csv.
        framework: F.csv.
        weights: W.csv, whose weights are used in place of drawn ones; None to draw them.
        plan: what to do.
        replications: how many were asked for; None where nothing was said.
        out: the folder to write to; made where it is not there.

    Raises:
        Refused: the files cannot be audited; everything that is wrong is told.
        WrongUsage: one of them is not a file; W.csv has another number of replications than was asked for; `out` is a
            file.
        TryAgain: the folder could not be written to.
        Blocked: memory, or the disk of TMPDIR, has no room for so many replications.
    """
    found, tree, given = read_files(answers, framework, weights)
    if given is not None and replications not in (None, len(given)):
        raise WrongUsage(
            f"--replications {replications}: {weights} has {len(given)}. Leave the option out, or name that."
        )
    count = plan.replications if given is None else len(given)
    try:
        used = perturbed(tree, stream(plan.seed, 0), count, plan.spread) if given is None else given
        draws = simulate(tree, found.values, used, plan.missing, plan.rank)
    except MemoryError as error:
        raise Blocked(
            f"{count:,} replications of {len(tree.nodes):,} nodes and {len(found.units):,} units do not fit into "
            "memory. Take fewer replications."
        ) from error
    with placed(out) as part:
        write_draws(part, found.units, tree, found.values, draws, plan)
        files = sorted(part.iterdir())
    without = tuple(unit for unit, score in zip(found.units, draws.nominal, strict=True) if np.isnan(score))
    return Audited(len(found.units), len(tree.items), len(used), without, tuple(file.name for file in files))


@contextmanager
def placed(out: Path) -> Iterator[Path]:
    """An empty folder whose files are put into `out` when all of them are written.

    Raises:
        WrongUsage: `out` is a file, or a folder stands where a file has to go.
        TryAgain: it could not be written to; what was in it is as it was, unless the disk failed while files moved.
    """
    if out.exists() and not out.is_dir():
        raise WrongUsage(f"--out {out} is a file. Name a folder.")
    with hidden(out.resolve() / "audit") as part:
        yield part
        for file in part.iterdir():
            if (out / file.name).is_dir():
                raise WrongUsage(f"--out {out}: {file.name} is a folder there. Name another folder, or move it away.")
        for file in sorted(part.iterdir()):
            file.replace(out / file.name)


def write_draws(part: Path, units: tuple[str, ...], tree: Tree, answers: Floats, draws: Draws, plan: Plan) -> None:
    """Write scores.csv, ranks.csv, intervals.csv, coherence.csv and weights_used.csv into a folder."""
    replications = [f"r_{number}" for number in range(1, len(draws.scores) + 1)]
    write_matrix(part / "scores.csv", units, ["unit", "nominal", *replications], draws.nominal, draws.scores)
    write_matrix(
        part / "ranks.csv", units, ["unit", "nominal", *replications], draws.nominal_ranks, draws.ranks, NO_RANK
    )
    below_root = [place for place in range(len(tree.nodes)) if place != tree.root]
    names = [tree.nodes[place] for place in below_root]
    write_matrix(part / "weights_used.csv", names, ["node", *replications], None, draws.weights[:, below_root])
    write_rows(part / "intervals.csv", INTERVALS, _intervals(units, draws))
    write_rows(part / "coherence.csv", COHERENCE, _coherence(tree, answers, plan))


def _intervals(units: tuple[str, ...], draws: Draws) -> Iterator[dict[str, Any]]:
    low, median, high = quantiles(draws.ranks, nothing=NO_RANK)
    mean = _mean(draws)
    for place, unit in enumerate(units):
        rank = int(draws.nominal_ranks[place])
        yield {
            "unit": unit,
            "nominal": rank if rank != NO_RANK else None,
            "mean": mean[place],
            "median": median[place],
            "q05": low[place],
            "q95": high[place],
        }


def _mean(draws: Draws) -> Floats:
    count = (draws.ranks != NO_RANK).sum(axis=0)
    total = draws.ranks.sum(axis=0, dtype=np.int64)
    return rounded(np.divide(total, count, out=np.full(len(count), np.nan), where=count > 0))


def _coherence(tree: Tree, answers: Floats, plan: Plan) -> Iterator[dict[str, Any]]:
    for one in coherence(tree, answers, plan.missing):
        yield {
            "node": one.node,
            "children": one.children,
            "alpha": round(one.alpha, 9),
            "kr20": round(one.kr20, 9),
            "mean_correlation": round(one.mean_correlation, 9),
            "items": one.items,
            "alpha_items": round(one.alpha_items, 9),
            "components": one.components.kept,
            "explained": round(one.components.explained, 9),
        }
