"""`gci editions`: what is published."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from gci.cli.printing import console, duckdb_shell, grid, print_json, text

_COLUMNS = ("edition", "vintage", "published", "signed by", "checks", "returns", "reviews", "errors")
_NUMBERS = ("checks", "returns", "reviews", "errors")


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
        _show(found, str(folders.published), str(folders.current))


def _show(found: list[dict[str, Any]], published: str, current: str) -> None:
    out = console()
    cells = [_cells(release) for release in found]
    columns = {
        name: ("right" if name in _NUMBERS else "left", [row[place] for row in cells])
        for place, name in enumerate(_COLUMNS)
    }
    out.print(grid(columns, out, shrinks="signed by"))
    for release in found:
        if release["latest"]:
            of_gates = " + ".join(f"{gate['checks']} {gate['gate']}" for gate in release["gates"])
            out.print(f"{release['edition']}: {release['checks']} checks = {of_gates}")
            for error in release["known_errors"]:
                out.print(f"{release['edition']}: known error {text(error['id'])}: {text(error['what_is_wrong'])}")
    out.print(
        f"\nEach lies in {text(published)}/EDITION/VINTAGE. The latest of every edition in one file:", soft_wrap=True
    )
    out.print(f"  {text(duckdb_shell())} -readonly {text(current)}", soft_wrap=True)


def _cells(release: dict[str, Any]) -> tuple[str, ...]:
    return (
        release["edition"] + (" SYNTHETIC" if release["synthetic"] else ""),
        f"v{release['vintage']}{'' if release['latest'] else ' (old)'}",
        release["published_at"][:10],
        text(release["signed_by"]),
        str(release["checks"]),
        str(release["returns"]),
        str(release["reviews"]),
        str(len(release["known_errors"])),
    )
