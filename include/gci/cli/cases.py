"""`gci cases`: what is open about the returns of an edition."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Any

import typer

from gci.cli.printing import console, print_json, text
from gci.cli.refreshing import refreshed


def cases(
    edition: Annotated[str, typer.Option(help="The edition, e.g. 2026.")],
    state: Annotated[str | None, typer.Option(help="One state, ISO 3166 alpha-3, e.g. EST.")] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON document, with the life of each case.")
    ] = False,
) -> None:
    """Show what is wrong or doubtful in the returns: since when, who has to act, and how far it is."""
    from gci.casework.cases import case_events
    from gci.casework.cases import cases as look
    from gci.casework.status import is_synthetic

    folders = refreshed(edition)
    found = look(edition, state, folders)
    synthetic = is_synthetic(edition, folders)
    if as_json:
        lives = case_events(edition, folders)
        print_json([case | {"synthetic": synthetic, "life": lives.get(case["case_id"], [])} for case in found])
    else:
        _show(edition, found, synthetic=synthetic)


def _show(edition: str, found: list[dict[str, Any]], *, synthetic: bool) -> None:
    from rich.table import Table

    from gci.core.disclaimer import SYNTHETIC

    table = Table(box=None, pad_edge=False)
    for column in ("case", "state", "owner", "since", "asked", "items", "said", "held against"):
        table.add_column(column)
    for case in found:
        if case["state"] != "closed":
            again = f" ({case['reopened']}× again)" if case["reopened"] else ""
            table.add_row(
                text(case["case_id"]),
                case["state"],
                case["owner"],
                f"{case['opened_on']}{again}",
                text(case["asked_on"]),
                *(text(case[name]) for name in ("items", "said", "held_against")),
            )
    counted = Counter(case["state"] for case in found)
    out = console()
    if table.row_count:
        out.print(table)
    told = ", ".join(f"{counted[name]} {name}" for name in ("open", "asked", "answered", "closed"))
    out.print(f"\n{edition}: {SYNTHETIC + ' ' if synthetic else ''}{told}.")
