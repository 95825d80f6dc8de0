"""`gci audit`: how sure the scores, ranks and tiers of an index are."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from gci.cli.printing import console, print_json, text
from gci.core.errors import WrongUsage


def audit(
    answers: Annotated[
        Path | None,
        typer.Option(metavar="A.csv", help="One row a unit: unit, then a column per item; 0 to 1, empty is missing."),
    ] = None,
    framework: Annotated[
        Path | None,
        typer.Option(metavar="F.csv", help="node,parent,level,weight; items have level 1, the root no parent."),
    ] = None,
    weights_used: Annotated[
        Path | None,
        typer.Option(metavar="W.csv", help="node, then r_1, r_2, …: weights to use in place of drawn ones."),
    ] = None,
    edition: Annotated[str | None, typer.Option(help="A published edition, in place of files.")] = None,
    missing: Annotated[
        Literal["zero", "reweight"],
        typer.Option(help="A missing item counts 0, or is left out and its siblings share its weight."),
    ] = "zero",
    rank: Annotated[
        Literal["competition", "dense"], typer.Option(help="After a tie: 1, 2, 2, 4 or 1, 2, 2, 3.")
    ] = "competition",
    replications: Annotated[int | None, typer.Option(metavar="N", help="How many; 10000 unless said.")] = None,
    seed: Annotated[int, typer.Option(metavar="S", help="The same seed gives the same files, byte for byte.")] = 2024,
    spread: Annotated[
        float, typer.Option(metavar="F", help="Drawn weights are w (1 + F (2u - 1)), u uniform from 0 to 1.")
    ] = 0.25,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Folder to write to; needed for files.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """Say how sure scores and ranks are, of any answer matrix and framework, or of a published edition.

    The score of a node is the weighted mean of its children, level by level, times 100 at the root. Writes scores.csv,
    ranks.csv, intervals.csv (of the ranks), coherence.csv and weights_used.csv, from which others can compute the same.
    Weights are moved at every level and shared out anew under each parent; scores are rounded to 9 decimals before they
    are ranked, so that equal answers have equal ranks.
    """
    from gci.audit.plan import REPLICATIONS, Plan

    plan = Plan(REPLICATIONS if replications is None else replications, seed, spread, missing, rank)
    if edition is not None:
        if answers or framework or weights_used:
            raise WrongUsage("--edition stands alone: it takes answers and framework from what is published.")
        _edition(edition, plan, out, as_json)
        return
    if answers is None or framework is None or out is None:
        raise WrongUsage("Name --answers A.csv, --framework F.csv and --out DIR; or --edition E. See gci audit --help.")
    from gci.audit.matrix import audit_files

    done = audit_files(answers, framework, weights_used, plan, replications, out)
    if as_json:
        print_json({"folder": str(out), **done.__dict__})
        return
    screen = console()
    screen.print(
        f"{done.units} units, {done.items} items, {done.replications} replications: "
        f"{', '.join(done.files)} in {text(out)}"
    )
    if done.without_score:
        screen.print(f"no answer at all, so no score and no rank: {text(', '.join(done.without_score))}")


def _edition(edition: str, plan: object, out: Path | None, as_json: bool) -> None:
    raise NotImplementedError
