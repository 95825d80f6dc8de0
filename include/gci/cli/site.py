"""gci site: the pages that people read, made from a published file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def site(
    out: Annotated[Path, typer.Option(help="The folder to write the site into.")],
    edition: Annotated[
        list[str] | None, typer.Option(help="An edition, or a vintage of it (2024@v1); default: all that is published.")
    ] = None,
    language: Annotated[
        list[str] | None,
        typer.Option(help="en, fr, es, ar, zh, ru; may be repeated. Default: those that the release was signed in."),
    ] = None,
) -> None:
    """Write a site that opens without network or JavaScript, and hold every figure on it against the file."""
    from gci.cli.printing import console
    from gci.core.paths import data_folders
    from gci.site.site import site as write

    with console().status("The pages are written.") as status:
        told = write(edition or [], language or [], out, data_folders(), lambda step: status.update(step))
    for line in told.lines:
        typer.echo(line)
    if told.differences:
        raise typer.Exit(1)
