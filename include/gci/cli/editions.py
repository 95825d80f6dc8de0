"""`gci editions`: what is published."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from gci.cli.printing import console, print_json, text


def editions(
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """List what is published: every vintage of every edition, when, by whom signed, with which checks and errors."""
    from gci.core.paths import data_folders
    from gci.inspection.listing import listing

    folders = data_folders()
    found = listing(folders)
    if as_json:
        print_json(found)
    elif not found:
        console().print(f"Nothing is published in {folders.published} yet.")
    else:
        _show(found, str(folders.current))


def _show(found: list[dict[str, Any]], current: str) -> None:
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for column in ("edition", "vintage", "published", "signed by", "checks", "known errors", "returns", "reviews"):
        table.add_column(column, justify="right" if column in ("vintage", "checks", "returns", "reviews") else "left")
    table.add_column("folder", overflow="fold")
    for release in found:
        errors = ", ".join(error["id"] for error in release["known_errors"]) or "none"
        table.add_row(
            release["edition"] + (" SYNTHETIC" if release["synthetic"] else ""),
            f"v{release['vintage']}{'' if release['latest'] else ' (old)'}",
            release["published_at"],
            text(release["signed_by"]),
            str(release["checks"]),
            text(errors),
            str(release["returns"]),
            str(release["reviews"]),
            text(release["folder"]),
        )
    console().print(table)
    console().print(f"\nThe latest of every edition: duckdb -readonly {text(current)}")
