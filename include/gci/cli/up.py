"""`gci up`: Airflow on this machine, with its UI."""

from __future__ import annotations

import sys
from typing import Annotated

import typer


def up(
    port: Annotated[int, typer.Option(help="Port of the UI; 0 takes one that is free.", min=0, max=65535)] = 8080,
    host: Annotated[
        str, typer.Option(help="Interface to listen on. There is no TLS: put a proxy before anything but localhost.")
    ] = "127.0.0.1",
    wait: Annotated[float, typer.Option(help="Seconds until all parts must be at work.", min=1)] = 180,
    grace: Annotated[float, typer.Option(help="Seconds for tasks at work to end when it is stopped.", min=0)] = 60,
) -> None:
    """Start Airflow's api-server, scheduler, dag-processor and triggerer, and run them until Ctrl-C.

    Users are those of $GCI_USERS (`NAME:ROLE,…`; roles viewer, engineer, publisher), by default one for each role.
    Their passwords are made at the first start, into a file that only its owner can read.
    """
    from gci.core.paths import data_folders
    from gci.orchestration.local_server.up import up as serve

    serve(data_folders(), host, port, wait, grace, _say)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
