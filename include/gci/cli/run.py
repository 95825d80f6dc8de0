"""`gci run`: collect, build, gate, sign off, publish, through the DAGs, without a server."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from gci.cli.printing import console, print_json
from gci.core.log_context import wants_json

if TYPE_CHECKING:
    from gci.orchestration.runs.result import RunResult


def run(
    edition: Annotated[
        list[str] | None, typer.Option(help="Edition to bring out; may be given several times, in order.")
    ] = None,
    partners: Annotated[
        bool, typer.Option("--partners", help="Bring out partner data between editions; after the editions, if any.")
    ] = False,
    sign_off: Annotated[
        str | None, typer.Option(help="Who approves, unattended. Without it the run stops before publishing.")
    ] = None,
    note: Annotated[str, typer.Option(help="What the signer has to say, for the record.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document on stdout.")] = False,
) -> None:
    """Collect, build, gate, sign off and publish, through the DAGs; no server is needed.

    Takes everything that lies in the inbox, then each edition in turn, then partner data if that is asked for. Exit
    code 1 when a gate, the sign-off or a refused file stood in the way; what is published stays as it was then.
    """
    from gci.orchestration.runs.signals import stop_at_signals

    stop_at_signals()  # before the imports: some of them start threads
    from gci.core.errors import WrongUsage
    from gci.core.lines import PARTNERS
    from gci.core.paths import data_folders
    from gci.orchestration.runs.run import run as run_dags

    if not edition and not partners:
        raise WrongUsage("Name what to bring out: --edition E, --partners, or both.")
    lines = [*(edition or ()), *([PARTNERS] if partners else [])]

    def report(result: RunResult) -> None:
        if as_json:
            print_json(result.as_dict())
        else:
            from gci.orchestration.runs.table import print_result

            print_result(result, console())
        sys.stdout.flush()

    screen = None if wants_json() else sys.stderr
    result = run_dags(lines, data_folders(), sign_off, note, screen, report)
    for channel in result.untold:
        sys.stderr.write(f"gci: not told: {channel}\n")
    raise typer.Exit(result.exit_code)
