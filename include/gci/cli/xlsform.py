"""gci xlsform: the questionnaire for ODK Central and KoboToolbox."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def xlsform(
    edition: Annotated[str, typer.Option(help="The edition, e.g. 2026; it must ask questions.")],
    out: Annotated[Path | None, typer.Option(help="The file to write; default: gci_<edition>.xlsx here.")] = None,
) -> None:
    """Write the questionnaire as an XLSForm: one form for all states, in six languages."""
    from gci.survey.form.form import form
    from gci.survey.form.xlsform import xlsform as bytes_of

    target = out or Path(f"gci_{edition}.xlsx")
    target.write_bytes(bytes_of(form(edition)))
    typer.echo(f"XLSForm written to {target}")
