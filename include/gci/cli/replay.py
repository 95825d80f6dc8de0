"""gci replay: the returns of a past edition, and partner data of past days, from the real figures."""

from __future__ import annotations

from typing import Annotated

import typer


def replay(
    edition: Annotated[
        list[str] | None, typer.Option(help="The edition, e.g. 2024; may be given several times.")
    ] = None,
    state: Annotated[list[str] | None, typer.Option(help="Only this state (ISO3); may be given several times.")] = None,
    partners: Annotated[
        bool, typer.Option("--partners", help="The figures of partners that the project carries.")
    ] = False,
) -> None:
    """Write the returns of a past edition into the inbox, one CSV per member state, from the real figures.

    With --partners also what the project carries of partners, one file per source and day.
    """
    from gci.collect.partner_replay import replay_partners
    from gci.collect.replay import replay as write_returns
    from gci.core.errors import WrongUsage
    from gci.core.paths import data_folders
    from gci.storage.door import storage_of

    if not edition and not partners:
        raise WrongUsage("Name what to replay: --edition E, --partners, or both.")
    folders = data_folders()
    storage = storage_of(folders)
    for name in edition or ():
        paths = write_returns(name, state, folders)
        storage.inbox.submit("survey")
        returns = "1 return" if len(paths) == 1 else f"{len(paths)} returns"
        typer.echo(f"{returns} of edition {name} written to {storage.where(paths[0].parent)}")
    if partners:
        files = replay_partners(folders)
        storage.inbox.submit("partners")
        typer.echo(f"{len(files)} files of partners written to {storage.where(folders.inbox / 'partners')}")
