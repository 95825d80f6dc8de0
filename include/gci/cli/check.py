"""gci check: what collection would say about files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gci.cli.printing import print_json
from gci.errors import WrongUsage


def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Returns, review files or partner files.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """Say what collection would say about files, without moving them. Exit code 1 when any would be refused."""
    from gci.collect.check import check_file, kind_of

    for path in files:
        if not path.is_file():
            raise WrongUsage(f"{path} is not a file. Name the files to check.")
    verdicts = [(path, check_file(path, kind_of(path)).receipt) for path in files]
    if as_json:
        fields = ("verdict", "edition", "iso3", "answered", "items", "problems")
        print_json(
            [{"file": str(path)} | {field: receipt.as_dict()[field] for field in fields} for path, receipt in verdicts]
        )
    else:
        from gci.cli.check_table import show

        show(verdicts)
    if any(receipt.verdict == "refused" for _, receipt in verdicts):
        raise typer.Exit(1)
