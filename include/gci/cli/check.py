"""gci check: what collection would say about files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from gci.cli.printing import at_work, print_json, text
from gci.core.errors import WrongUsage
from gci.core.records import Receipt


def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Returns, review files or partner files.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """Say what collection would say about files, without moving them. Exit code 1 when any would be refused."""
    from gci.collect.check import kind_of
    from gci.collect.check_file import check_file

    for path in files:
        if not path.is_file():
            raise WrongUsage(f"{path} is not a file. Name the files to check.")
    with at_work("Reading …") as status:
        checked = []
        for place, path in enumerate(files, start=1):
            status.update(f"Reading {text(path)} ({place} of {len(files)}) …")
            checked.append((path, check_file(path, kind_of(path))))
    verdicts = [(path, receipt) for path, one in checked for receipt in one.receipts]
    if as_json:
        print_json([_as_json(path, receipt) for path, receipt in verdicts])
    else:
        from gci.cli.check_table import show

        show(verdicts)
    if any(receipt.verdict == "refused" for _, receipt in verdicts):
        raise typer.Exit(1)


def _as_json(path: Path, receipt: Receipt) -> dict[str, Any]:
    """One verdict as plain values; a submission of an export has its name besides."""
    said = receipt.as_dict()
    fields = ("verdict", "edition", "iso3", "answered", "items", "problems")
    document = {"file": str(path)} | {field: said[field] for field in fields}
    document["problems"] = [{name: one[name] for name in one if name != "english"} for one in said["problems"]]
    return document if receipt.part is None else document | {"submission": receipt.part}
