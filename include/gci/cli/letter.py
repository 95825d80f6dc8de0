"""`gci letter`: the letter of queries to a state's focal point."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from gci.cli.refreshing import refreshed


def letter(
    edition: Annotated[str, typer.Option(help="The edition, e.g. 2026.")],
    state: Annotated[str, typer.Option(help="The state, ISO 3166 alpha-3, e.g. EST.")],
    lang: Annotated[
        str | None, typer.Option(help="en, fr, es, ar, zh or ru; that of the state's return when not given.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="File to write: HTML, or plain text where its name ends in .txt.")
    ] = None,
    sent: Annotated[bool, typer.Option("--sent", help="Record that it went out: its cases count as asked.")] = False,
) -> None:
    """Write what a state's focal point is asked about its return, from its open cases. Without --out it is printed."""
    from gci.casework.ledger import record
    from gci.casework.letter import as_html, as_text
    from gci.casework.letter import letter as write

    folders = refreshed(edition)
    written = write(edition, state, lang, folders)
    if not written.queries:
        sys.stderr.write(f"{written.iso3} has nothing to be asked about in {edition}: no letter was written.\n")
        return
    asked = sum(len(query.cases) for query in written.queries)
    told = f"{'SYNTHETIC, ' if written.synthetic else ''}asks about {asked} case{'' if asked == 1 else 's'}"
    if out is None:
        sys.stdout.write(as_text(written))
    else:
        out.write_text(as_text(written) if out.suffix == ".txt" else as_html(written), encoding="utf-8")
        sys.stderr.write(f"{out}: {told}, in {written.language}.\n")
    if written.encloses:
        sys.stderr.write(
            f"The questionnaire that goes along: gci template --edition {edition} --state {written.iso3} --asked\n"
        )
    if sent:
        record(
            edition,
            written.iso3,
            written.language,
            [dict(case) for query in written.queries for case in query.cases],
            folders,
        )
        sys.stderr.write("Recorded as sent: these cases count as asked from now on.\n")
