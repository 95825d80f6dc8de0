"""gci replay: the returns of a past edition, from the real figures."""

from __future__ import annotations

from typing import Annotated

import typer


def replay(
    edition: Annotated[str, typer.Option(help="The edition, e.g. 2024.")],
    state: Annotated[list[str] | None, typer.Option(help="Only this state (ISO3); may be given several times.")] = None,
) -> None:
    """Write the returns of a past edition into the inbox, one CSV per member state, from the real figures."""
    from gci.collect.replay import replay as write_returns
    from gci.paths import data_folders

    paths = write_returns(edition, state, data_folders())
    returns = "1 return" if len(paths) == 1 else f"{len(paths)} returns"
    typer.echo(f"{returns} of edition {edition} written to {paths[0].parent}")
