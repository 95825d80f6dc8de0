"""gci template: the questionnaire of a state as a workbook, or of all states at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gci.cli.printing import at_work


def template(
    edition: Annotated[str, typer.Option(help="The edition, e.g. 2026; it must ask questions.")],
    state: Annotated[str | None, typer.Option(help="The member state (ISO3); without it, all of them.")] = None,
    lang: Annotated[
        str | None, typer.Option(help="Language: en, fr, es, ar, zh or ru; the state's own when not given.")
    ] = None,
    asked: Annotated[
        bool,
        typer.Option("--asked", help="Only the questions that the state is asked about, for its letter."),
    ] = False,
    out: Annotated[
        Path | None, typer.Option(help="File to write for one state, folder for all; default: the current folder.")
    ] = None,
) -> None:
    """Write the questionnaire as XLSX, with what the state had in the edition before."""
    from gci.core.paths import data_folders
    from gci.survey.form.templates import write_template, write_templates

    if asked:
        _write_asked(edition, state, lang, out)
        return

    current = data_folders().current
    if state is not None:
        typer.echo(f"Questionnaire written to {write_template(edition, state, lang, current, out)}")
        return
    with at_work(f"Writing the questionnaires of edition {edition} …"):
        paths = write_templates(edition, lang, current, out or Path())
    typer.echo(f"{len(paths)} questionnaires of edition {edition} written to {paths[0].parent}")


def _write_asked(edition: str, state: str | None, lang: str | None, out: Path | None) -> None:
    """Write the questionnaire that goes along with a letter. Raises WrongUsage without a state."""
    from gci.casework.asked import questionnaire
    from gci.casework.letter import letter
    from gci.cli.refreshing import refreshed
    from gci.core.errors import WrongUsage

    if state is None:
        raise WrongUsage("--asked needs --state: each state is asked about its own answers.")
    folders = refreshed(edition)
    one = letter(edition, state, lang, folders)
    name = f"gci_{edition}_{one.iso3}_{one.language}_asked.xlsx"
    target = out if out and not out.is_dir() else (out or Path()) / name
    target.write_bytes(questionnaire(edition, one.iso3, one.language, folders))
    typer.echo(f"Questionnaire written to {target}")
