"""gci simulate: a synthetic survey round, marked as such to the end."""

from __future__ import annotations

from typing import Annotated

import typer

from gci.simulate import FAULTS


def simulate(
    edition: Annotated[str, typer.Option(help="An edition that asks questions and is not published, e.g. 2026.")],
    seed: Annotated[int, typer.Option(help="The same seed gives the same returns.")] = 1,
    faults: Annotated[
        float, typer.Option(help="Share of the states that answer whose first file is broken, 0 to 1.")
    ] = FAULTS,
    formats: Annotated[
        str,
        typer.Option(help="Parted by commas, of csv, json, xlsx, odk_json, odk_csv, kobo; all if empty."),
    ] = "",
) -> None:
    """Write synthetic returns, desk research and reviews into the inbox, after the real values of the last edition.

    Every return is marked as synthetic, and so is whatever is built from it. What was planted is listed beside it.
    """
    from gci.core.paths import data_folders
    from gci.simulate.simulate import simulate as write_round

    wanted = [name.strip() for name in formats.split(",") if name.strip()]
    made = write_round(edition, seed, data_folders(), faults, wanted or None)
    typer.echo(
        f"SYNTHETIC: {made.returns} return files of edition {edition}, {made.refused} of them broken, and reviews "
        f"written to {made.files[0].parents[2]}. Planted: {made.planted}"
    )
