"""gci gate: hold any DuckDB file of the warehouse's shape against the gates."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gci.cli.printing import at_work, print_json, text
from gci.core.errors import WrongUsage

if TYPE_CHECKING:
    from rich.status import Status


def gate(
    files: Annotated[list[Path], typer.Argument(metavar="DUCKDB...", help="Candidates or published files.")],
    against: Annotated[
        Path | None,
        typer.Option(
            metavar="DUCKDB",
            help="The file published before. Default: the current one; for a published file the one before it.",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """Hold DuckDB files against the gates built and release, without Airflow. Exit code 1 when any fails.

    Nothing is written; the files are opened read only.
    """
    from gci.core.paths import data_folders
    from gci.core.worker_pool import CHECKS, keep_warm, load
    from gci.gates.report import as_json as entry
    from gci.gates.run import gate_file

    for path in [*files, *([against] if against else [])]:
        if not path.is_file():
            raise WrongUsage(f"{path} is not a file. Name DuckDB files.")
    load(CHECKS)  # which it imports while every figure is computed again
    with keep_warm():
        held = []
        for place, path in enumerate(files, start=1):
            which = f"{path} ({place} of {len(files)})" if len(files) > 1 else str(path)
            with at_work(f"{which}: holding it against the gates …") as status:
                tell = partial(_tell, status, which)
                held.append((path, gate_file(path, against, data_folders(), tell)))
    if as_json:
        print_json([entry(str(path), reports) for path, reports in held])
    else:
        from gci.cli.gate_table import show

        show(held)
    if not all(report.passed for _, reports in held for report in reports):
        raise typer.Exit(1)


def _tell(status: Status, which: str, step: str) -> None:
    status.update(f"{text(which)}: {step} …")
