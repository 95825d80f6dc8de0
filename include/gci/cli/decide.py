"""gci decide: write a decision of the index team, or check a file of decisions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from gci.cli.printing import console, print_json, text
from gci.core.errors import WrongUsage
from gci.reference.decisions import KINDS, TOLD, Kind

_MOST = 10
"""Values that are listed; of more `subject` itself says how they are written."""


def _needs(kind: Kind, name: str) -> str:
    known = {"subject": kind.subjects, "value": kind.values}.get(name, ())
    return f"{name}: {' | '.join(known)}" if 0 < len(known) <= _MOST else name


_KINDS = "; ".join(
    f"{one.name} ({', '.join([*(_needs(one, name) for name in one.needs), *(f'maybe {name}' for name in one.may)])})"
    for one in KINDS.values()
)


def decide(
    kind: Annotated[str, typer.Argument(metavar="KIND", help=f"What is decided, and what each needs: {_KINDS}.")] = "",
    edition: Annotated[str, typer.Option("--edition", help=TOLD["edition"])] = "",
    iso3: Annotated[str, typer.Option(help=TOLD["iso3"])] = "",
    subject: Annotated[str, typer.Option(help=TOLD["subject"])] = "",
    was: Annotated[str, typer.Option(help=TOLD["was"])] = "",
    value: Annotated[str, typer.Option(help=TOLD["value"])] = "",
    day: Annotated[str, typer.Option(help=TOLD["day"])] = "",
    reason: Annotated[str, typer.Option(help=TOLD["reason"])] = "",
    evidence: Annotated[str, typer.Option(help=TOLD["evidence"])] = "",
    author: Annotated[str, typer.Option(help=TOLD["author"])] = "",
    approver: Annotated[str, typer.Option(help=TOLD["approver"])] = "",
    decided_on: Annotated[str, typer.Option(help=TOLD["decided_on"])] = "",
    answers: Annotated[str, typer.Option(help=TOLD["answers"])] = "",
    name: Annotated[str, typer.Option("--id", help=TOLD["id"])] = "",
    file: Annotated[
        Path | None, typer.Option("--check", help="Check this file of decisions and write nothing.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """Write a decision into the inbox, once it is found right. Exit code 1 when it would be refused.

    It counts when it has been collected, by `gci run` or the DAG collect_survey. A decision is never changed: a later
    one answers it (--answers), and `revocation` takes one back.
    """
    from gci.collect.check_file import check_file
    from gci.collect.decide import write_decision

    if file is not None:
        if not file.is_file():
            raise WrongUsage(f"{file} is not a file. Name the file of decisions to check.")
        receipt, written = check_file(file, "decisions").receipt, None
    else:
        if kind not in KINDS or not edition:
            raise WrongUsage(f"Name the kind and --edition. Kinds: {', '.join(KINDS)}. `gci decide --help` tells more.")
        said = {
            "edition": edition,
            "id": name,
            "kind": kind,
            "iso3": iso3,
            "subject": subject,
            "was": was,
            "value": value,
        }
        said |= {"day": day, "reason": reason, "evidence": evidence, "author": author, "approver": approver}
        receipt, written = write_decision(said | {"decided_on": decided_on, "answers": answers})
    document: dict[str, Any] = {"verdict": receipt.verdict, "file": str(written or file or "")}
    if as_json:
        print_json(document | {"problems": receipt.as_dict()["problems"]})
    else:
        out = console()
        for problem in receipt.problems:
            place = "" if problem.row is None else f"row {problem.row}, column {problem.column}: "
            out.print(f"{problem.severity}: {place}{text(problem.told)}")
        if written:
            out.print(f"written: {text(str(written))}")
            out.print("It counts once it is collected: by gci run, or the DAG collect_survey.")
        else:
            nothing = ": nothing was written" if receipt.verdict == "refused" else ""
            out.print(f"{receipt.verdict}{nothing}")
    if receipt.verdict == "refused":
        raise typer.Exit(1)
