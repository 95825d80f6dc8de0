"""gci edition new, gci edition check: what a new edition needs, made, and held against what is missing."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from gci.cli.printing import console, print_json, text
from gci.core.errors import WrongUsage

_LISTED = 12


def edition(
    act: Annotated[
        str, typer.Argument(metavar="new|check", help="Make the files of an edition, or say what it lacks.")
    ],
    name: Annotated[str, typer.Argument(metavar="E", help="The edition, e.g. 2028.")],
    earlier: Annotated[str, typer.Option("--from", help="For `new`: the edition to begin with, e.g. 2026.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """Make a new edition from an earlier one, or say what it lacks. `check` ends with 1 when something is missing."""
    if act == "new":
        from gci.inspection.edition_files import new_edition

        if not earlier:
            raise WrongUsage("Name the edition to begin with: gci edition new 2028 --from 2026.")
        made = [str(path) for path in new_edition(name, earlier)]
        if as_json:
            print_json({"edition": name, "files": made})
        else:
            for path in made:
                console().print(f"written: {text(path)}")
            console().print(f"gci edition check {name} says what is to be filled in.")
        return
    if act != "check":
        raise WrongUsage(f"{act!r} is neither new nor check.")
    from gci.inspection.edition_check import missing

    lacking = missing(name)
    if as_json:
        print_json({"edition": name, "missing": [asdict(one) for one in lacking]})
    else:
        for one in lacking:
            console().print(f"{one.what} ({text(_place(one.where))}): {text(_short(one.told))}")
        if not lacking:
            console().print(f"Edition {name} lacks nothing.")
    if lacking:
        raise typer.Exit(1)


def _place(where: str) -> str:
    """The file in which something is to be filled in, or that it is decided."""
    folder, _, name = where.rpartition("/")
    return where if where == "decision" else f"dbt_project/seeds/{f'{folder}/' if folder else ''}seed_{name}.csv"


def _short(told: str) -> str:
    """What is missing, with the first of many codes."""
    first, *others = told.split(", ")
    if len(others) < _LISTED:
        return told
    return f"{', '.join([first, *others[: _LISTED - 1]])} and {len(others) - _LISTED + 1} more (--json lists all)."
