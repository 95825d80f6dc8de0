"""`gci cases`: what is open about the returns of an edition."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from gci.cli.printing import console, indented, print_json, text
from gci.cli.refreshing import refreshed

FIRST = 20
"""Cases that are shown where nobody asked for all."""


def cases(
    edition: Annotated[str, typer.Option(help="The edition, e.g. 2026.")],
    state: Annotated[str | None, typer.Option(help="One state, ISO 3166 alpha-3, e.g. EST.")] = None,
    region: Annotated[
        str | None, typer.Option(help="The states of one region: AFR, AMS, ARB, ASP, CIS or EUR.")
    ] = None,
    still_open: Annotated[
        bool, typer.Option("--open", help="Only cases that nobody has been asked about yet.")
    ] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="All that are not closed, not only the most urgent.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON document, with closed cases and the life of each.")
    ] = False,
) -> None:
    """Show what is wrong or doubtful in the returns: how many of each kind, then the cases, the most urgent first."""
    from gci.casework.cases import case_events
    from gci.casework.cases import cases as look
    from gci.casework.status import is_synthetic

    folders = refreshed(edition)
    found = [
        case
        for case in look(edition, state, folders)
        if (not region or _region(case["iso3"], region)) and (not still_open or case["state"] == "open")
    ]
    synthetic = is_synthetic(edition, folders)
    if as_json:
        lives = case_events(edition, folders)
        print_json([case | {"synthetic": synthetic, "life": lives.get(case["case_id"], [])} for case in found])
    else:
        _show(edition, found, len(found) if everything or state else FIRST, synthetic=synthetic)


def _region(iso3: str | None, region: str) -> bool:
    """Whether a state is of a region. Raises WrongUsage when there is no such region."""
    from gci.core.errors import WrongUsage
    from gci.reference.near import near
    from gci.reference.seeds import member_states

    regions = sorted({one.itu_region for one in member_states().values()})
    if region.upper() not in regions:
        raise WrongUsage(f"There is no region {region!r}: {', '.join(regions)}.{near(region.upper(), regions)}")
    return iso3 in member_states() and member_states()[str(iso3)].itu_region == region.upper()


def _show(edition: str, found: list[dict[str, Any]], most: int, *, synthetic: bool) -> None:
    from gci.casework.cases import by_state, in_words
    from gci.core.disclaimer import SYNTHETIC

    out = console()
    out.print(f"{edition}: {SYNTHETIC + ' ' if synthetic else ''}{in_words(by_state(found))}.")
    still = [case for case in found if case["state"] != "closed"]
    if not still:
        return
    _kinds(still)
    for case in still[:most]:
        again = f" ({case['reopened']}× again)" if case["reopened"] else ""
        asked = f", asked {case['asked_on']}" if case["asked_on"] else ""
        out.print(f"\n[bold]{text(case['case_id'])}[/bold]", soft_wrap=True)
        told = f"{case['state']}, {text(case['owner']).replace('_', ' ')}, since {case['opened_on']}{again}{asked}"
        indented(told, out, by=2)
        for name, value in (("items", case["items"]), ("said", case["said"]), against(case)):
            if value:
                indented(f"{name}: {text(value)}", out, by=2)
    if len(still) > most:
        out.print(f"\n{len(still) - most} more: --all shows them, --state, --region and --open some of them.")


def against(case: dict[str, Any]) -> tuple[str, str | None]:
    """What speaks against what was said, and how that is called: faults of a file or of a link in words, no codes.

    Args:
        case: a row of the cases as gci.casework.cases gives it; of it `kind` and `held_against` are read.

    Returns:
        How it is called (the head of a column), and the words; None where nothing is held against it.
    """
    from gci.publish.doubts import FLAGS, flagged

    found = case["held_against"]
    codes = (found or "").split()
    if case["kind"] == "refused_file":
        return "what is wrong", ", ".join(code.replace("_", " ") for code in codes)
    if codes and set(codes) <= set(FLAGS):
        return "what is wrong", "; ".join(map(flagged, codes))
    return "held against", found


def _kinds(still: list[dict[str, Any]]) -> None:
    """How many cases of each kind there are, by who has to act."""
    from collections import Counter

    from rich.table import Table

    counted = Counter((case["priority"], case["kind"], case["owner"]) for case in still)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for name in ("kind", "who has to act", "cases"):
        table.add_column(name, justify="right" if name == "cases" else "left")
    for (_, kind, owner), count in sorted(counted.items()):
        table.add_row(kind.replace("_", " "), owner.replace("_", " "), str(count))
    out = console()
    out.print()
    out.print(table)
