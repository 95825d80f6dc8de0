"""`gci status`: per state what has come in for an edition."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from gci.cli.printing import console, print_json, text
from gci.cli.refreshing import refreshed

_COLUMNS = ("state", "name", "invited", "received", "from", "complete", "reviewed", "cases", "refused", "last change")


def status(
    edition: Annotated[str, typer.Option(help="The edition, e.g. 2024.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """Show per state what was invited, received, complete, refused and why, reviewed, open, and the last change."""
    from gci.casework.status import status as look

    found = look(edition, refreshed(edition))
    if as_json:
        print_json(found)
    else:
        _show(found)


def _show(found: dict[str, Any]) -> None:
    from rich.table import Table

    from gci.casework.status import summary

    table = Table(box=None, pad_edge=False)
    for column in _COLUMNS:
        table.add_column(column, justify="right" if column in ("complete", "reviewed", "cases") else "left")
    for state in found["states"]:
        came = state["received_at"] is not None
        table.add_row(
            state["iso3"],
            text(state["name"]),
            "yes" if state["invited"] else "left",
            _received(state),
            ", ".join(state["collectors"]),
            f"{state['answered']}/{found['items']}" if came else "–",
            f"{state['reviewed']:.0%}" if came else "–",
            str(state["open_cases"] or ""),
            "; ".join(_refused(one) for one in state["refused"]),
            text(state["last_change"]),
        )
    out = console()
    out.print(table)
    for one in found["partners"]:
        if one["file"] or one["too_old"] or one["failure"]:
            out.print(_partner(one))
    for one in found["not_placed"]:
        out.print(f"refused, of no state that could be read: {_refused(one)}; report: {text(one['report'])}")
    for one in found["not_taken"]:
        out.print(f"not collected: {text(one['file'])}: {text(one['reason'])}")
    out.print(f"\n{summary(found)}")


def _received(state: dict[str, Any]) -> str:
    """When the return came, and what is special about it."""
    said = [text(state["received_at"])] if state["received_at"] else []
    said += [f"[red]{name}[/]" for name in ("late", "overdue", "withdrawn") if state[name]]
    if state["extended_to"]:
        said.append(f"extended to {state['extended_to']}")
    return ", ".join(said)


def _partner(one: dict[str, Any]) -> str:
    """How old the data of a partner is."""
    came = f"{text(one['file'])} of {one['taken_on']}, current {one['age_days']} days ago" if one["file"] else "no file"
    old = f", [red]too old[/] after {one['stale_days']} days" if one["too_old"] else ""
    failed = f", last fetch failed: {text(one['failure'])}" if one["failure"] else ""
    return f"partner {one['source']}: {came}{old}{failed}"


def _refused(one: dict[str, Any]) -> str:
    """A refused file and the first of its errors."""
    errors = [problem for problem in one["problems"] if problem["severity"] == "error"]
    if not errors:
        return text(one["file"])
    row = f" row {errors[0]['row']}" if errors[0]["row"] else ""
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    return f"{text(one['file'])}{row}: {text(errors[0]['message'])}{more}"
