"""`gci status`: how far the collection of an edition is."""

from __future__ import annotations

from typing import Annotated

import typer

from gci.cli.printing import print_json
from gci.cli.refreshing import refreshed


def status(
    edition: Annotated[str, typer.Option(help="The edition, e.g. 2024.")],
    state: Annotated[str | None, typer.Option(help="One state with its files, ISO 3166 alpha-3, e.g. EST.")] = None,
    region: Annotated[
        str | None, typer.Option(help="The states of one region: AFR, AMS, ARB, ASP, CIS or EUR.")
    ] = None,
    still_open: Annotated[
        bool, typer.Option("--open", help="Only states that somebody has to do something about.")
    ] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="All states, not only the first that need attention.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """Show the round in a few lines, by region, and the states: received, complete, reviewed, open, refused and why.

    Without a filter the states that need attention are shown first, and how many there are besides; --all shows all.
    """
    from gci.casework.cases import state_code
    from gci.casework.status import status as look
    from gci.cli.status_table import Wanted, chosen, show

    wanted = Wanted(state_code(state) if state else None, region.upper() if region else None, still_open, everything)
    found = chosen(look(edition, refreshed(edition)), wanted)
    if as_json:
        print_json(found)
    else:
        show(found, wanted)
