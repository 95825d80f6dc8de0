"""`gci prerelease`: a copy of a release that waits for its hour, for one reader."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gci.cli.printing import console, text


def prerelease(
    edition: Annotated[str, typer.Option(help="Edition whose approved release waits for its hour.")],
    reader: Annotated[str, typer.Option(help="For whom: the name as the decision prerelease_access has it.")],
    out: Annotated[Path, typer.Option(help="Folder to write the workbook to.")],
) -> None:
    """Write a copy for somebody who may read a release before it is out. It carries their name on every sheet.

    Who got one, when, why and approved by whom stands in the release. Exit code 1 when no decision lets them read it.
    """
    from gci.core.paths import data_folders
    from gci.publish.prerelease import give
    from gci.sign_off.at_the_hour import lay_again

    folders = data_folders()
    made = give(edition, reader, out, folders)
    lay_again(edition, folders)
    console().print(f"{text(str(made))}: for {text(reader)} alone; it stands in the release.", soft_wrap=True)
