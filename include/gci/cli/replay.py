"""gci replay: the returns of a past edition, from the real figures."""

from __future__ import annotations

from typing import Annotated

import typer


def replay(
    edition: Annotated[list[str], typer.Option(help="The edition, e.g. 2024; may be given several times.")],
    state: Annotated[list[str] | None, typer.Option(help="Only this state (ISO3); may be given several times.")] = None,
) -> None:
    """Write the returns of a past edition into the inbox, one CSV per member state, from the real figures."""
    from gci.collect.replay import replay as write_returns
    from gci.core.paths import data_folders
    from gci.storage.object_store.inbox import submit

    folders = data_folders()
    for name in edition:
        paths = write_returns(name, state, folders)
        submit("survey", folders)
        returns = "1 return" if len(paths) == 1 else f"{len(paths)} returns"
        typer.echo(f"{returns} of edition {name} written to {folders.where(paths[0].parent)}")
