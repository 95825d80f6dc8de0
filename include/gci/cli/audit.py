"""`gci audit`: how sure the scores, ranks and tiers of an index are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from gci.cli.printing import console, print_json, text
from gci.core.disclaimer import SYNTHETIC
from gci.core.errors import WrongUsage

if TYPE_CHECKING:
    from gci.audit.plan import Plan
    from gci.audit.ranks import Rule
    from gci.audit.scores import Missing


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
    edition: Annotated[
        str | None,
        typer.Option(metavar="E[@V]", help="A published edition (its latest vintage), or e.g. 2024@v1; not files."),
    ] = None,
    missing: Annotated[
        Literal["zero", "reweight"],
        typer.Option(help="A missing item counts 0, or is left out and its siblings share its weight."),
    ] = "zero",
    rank: Annotated[
        Literal["competition", "dense"], typer.Option(help="After a tie: 1, 2, 2, 4 or 1, 2, 2, 3.")
    ] = "competition",
    replications: Annotated[int | None, typer.Option(metavar="N", help="How many; 10000 unless said.")] = None,
    seed: Annotated[
        int | None, typer.Option(metavar="S", help="The same seed gives the same files, byte for byte.")
    ] = None,
    spread: Annotated[
        float, typer.Option(metavar="F", help="Drawn weights are w (1 + F (2u - 1)), u uniform from 0 to 1.")
    ] = 0.25,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder to write to; for an edition only where it is named.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """Say how sure scores and ranks are, of any answer matrix and framework, or of a published edition.

    With --edition: how sure each state's tier is, what would move it, and what the index hangs on.

    The score of a node is the weighted mean of its children, level by level, times 100 at the root. Writes scores.csv,
    ranks.csv, intervals.csv (of the ranks), coherence.csv and weights_used.csv, from which others can compute the same.
    Weights are moved at every level and shared out anew under each parent; scores are rounded to 9 decimals before they
    are ranked, so that equal answers have equal ranks.
    """
    if edition is not None:
        if answers or framework or weights_used:
            raise WrongUsage("--edition stands alone: it takes answers and framework from what is published.")
        if missing != "zero":
            raise WrongUsage("--missing is for files: an edition counts a missing answer as 0.")
        year = edition.partition("@")[0]
        _edition(edition, _plan(replications, seed, spread, missing, rank, year), out, as_json)
    elif answers is None or framework is None or out is None:
        raise WrongUsage("Name --answers A.csv, --framework F.csv and --out DIR; or --edition E. See gci audit --help.")
    else:
        plan = _plan(replications, seed, spread, missing, rank)
        _files(answers, framework, weights_used, plan, replications, out, as_json)


def _plan(
    replications: int | None,
    seed: int | None,
    spread: float,
    missing: Missing,
    rank: Rule,
    edition: str = "",
) -> Plan:
    from gci.audit.plan import SEED, Plan
    from gci.core.replications import REPLICATIONS

    usual = int(edition) if edition.isdecimal() else SEED
    return Plan(
        replications=REPLICATIONS if replications is None else replications,
        seed=usual if seed is None else seed,
        spread=spread,
        missing=missing,
        rank=rank,
    )


def _files(
    answers: Path,
    framework: Path,
    weights: Path | None,
    plan: Plan,
    replications: int | None,
    out: Path,
    as_json: bool,
) -> None:
    from gci.audit.matrix import audit_files

    done = audit_files(answers, framework, weights, plan, replications, out)
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


def _edition(edition: str, plan: Plan, out: Path | None, as_json: bool) -> None:
    from gci.audit.edition import read_edition
    from gci.audit.published import write_audit
    from gci.audit.tables import tables
    from gci.audit.whole import audit_edition
    from gci.cli import pull
    from gci.core.paths import data_folders
    from gci.storage.release_log import find

    pull()
    release = find(edition, data_folders())
    found = audit_edition(read_edition(release.database, release.edition), plan)
    made = tables(found)
    files = write_audit(found, out) if out else ()
    invented = bool(release.document.get("synthetic", False))
    (told,) = made["audit_summary"].to_pylist()
    states = made["score_uncertainty"].to_pylist()
    if as_json:
        print_json(
            {
                "synthetic": invented,
                "summary": told,
                "states": states,
                "coherence": made["coherence"].to_pylist(),
                "files": files,
            }
        )
        return
    from gci.cli.audit_table import show

    if invented:
        console().print(f"[bold yellow]{SYNTHETIC}[/bold yellow]")
    show(told, states)
    if out:
        console().print(f"{len(files)} files in {text(out)}")
