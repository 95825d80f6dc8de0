"""`gci embargoed`: what is approved and waits for its hour."""

from __future__ import annotations

from typing import Annotated

import typer

from gci.cli.printing import console, print_json, text


def embargoed(
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """List what is approved and waits for its hour: when it appears, who approved it, where it lies until then.

    Whoever can read the data folder may know; nothing of it is published, nor shown by the site.
    """
    from gci.core.paths import data_folders
    from gci.inspection.waiting import waiting_releases

    folders = data_folders()
    found = waiting_releases(folders)
    if as_json:
        print_json(found)
    elif not found:
        console().print("Nothing waits for its hour.")
    for one in [] if as_json else found:
        marked = " [bold yellow]SYNTHETIC[/]" if one["synthetic"] else ""
        console().print(f"{text(one['release'])}{marked}: {text(one['told'])}", soft_wrap=True)
        console().print(f"  lies in {text(one['folder'])}", soft_wrap=True)
