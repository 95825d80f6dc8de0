"""gci mend: rows and receipts of landed files made again from the bytes as received."""

from __future__ import annotations

import typer

from gci.cli.printing import at_work


def mend() -> None:
    """Look at every landed file; make damaged rows and receipts again from the bytes as received.

    A file takes its place only where it comes out as it was sealed; nothing new comes in this way. Exit code 1 when
    something is damaged that cannot be made again, and what to bring back from a backup.
    """
    from gci.core.paths import data_folders
    from gci.reread.mend import mend as look

    folders = data_folders()
    with at_work("Looking at every landed file …"):
        found = look(folders)
    for one in found:
        became = f"could not be made again: {one.failure}" if one.failure else "is made again"
        typer.echo(f"{one.path} {one.was}: {one.called}; it {became}")
    if not found:
        typer.echo(f"Everything in {folders.landing} is as it landed.")
    if any(one.failure for one in found):
        raise typer.Exit(1)
