"""What `gci status` shows: the round in words, by region, then the states, and what was refused and why."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gci.cli.printing import console, grid, indented, text
from gci.core.errors import WrongUsage

if TYPE_CHECKING:
    from rich.console import Console

FIRST = 20
FIRST_FILES = 10
"""States, and refused files, that are shown where nobody asked for all."""
_COLUMNS = ("state", "name", "received", "from", "complete", "reviewed", "cases", "refused", "last change")
_NUMBERS = ("complete", "reviewed", "cases", "refused")
_REGION = ("region", "invited", "received", "complete", "reviewed", "open_cases", "refused")


@dataclass(frozen=True)
class Wanted:
    """Which states were asked for.

    Attributes:
        state: this one.
        region: those of this region.
        still_open: those that somebody has to do something about.
        everything: all of them, however many.
    """

    state: str | None = None
    region: str | None = None
    still_open: bool = False
    everything: bool = False

    @property
    def filtered(self) -> bool:
        """Whether something narrower than the whole round was asked for."""
        return bool(self.state or self.region or self.still_open)


def chosen(found: dict[str, Any], wanted: Wanted) -> dict[str, Any]:
    """What `gci.casework.status.status` gave, with the states that were asked for; the totals stay those of the round.

    Raises:
        WrongUsage: there is no such region, or the state is not in the round.
    """
    from gci.reference.near import near

    there = sorted({state["region"] for state in found["states"]} - {""})
    if wanted.region and wanted.region not in there:
        raise WrongUsage(f"There is no region {wanted.region!r}: {', '.join(there)}.{near(wanted.region, there)}")
    states = [
        state
        for state in found["states"]
        if wanted.state in (None, state["iso3"])
        and wanted.region in (None, state["region"])
        and (not wanted.still_open or _needs_attention(state))
    ]
    if wanted.state and not states:
        raise WrongUsage(f"{wanted.state} takes no part in {found['edition']}.")
    return found | {"states": states}


def show(found: dict[str, Any], wanted: Wanted) -> None:
    """Print the round, its regions, and the states that were asked for.

    Args:
        found: the round as gci.casework.status gives it.
        wanted: which states, and how many of them.
    """
    from gci.casework.status import regions, summary

    out = console()
    out.print(text(summary(found)))
    if not wanted.filtered:
        _regions(regions(found), found, out)
        _inbox_and_partners(found, out)
    ordered = sorted(found["states"], key=lambda one: (not _needs_attention(one), one["attention"] or 99, one["iso3"]))
    some = not (wanted.filtered or wanted.everything)
    listed = [one for one in ordered if _needs_attention(one)][:FIRST] if some else found["states"]
    if listed:
        out.print()
        _states(listed, found["items"], out)
    files = [(one["iso3"], file) for one in listed for file in one["refused"] if wanted.state or not file["replaced"]]
    if not wanted.filtered:
        files += [("–", file) for file in found["not_placed"] if wanted.everything or not file["replaced"]]
    _refused(files, FIRST_FILES if some else len(files), wanted.state is not None, out)
    left = len(found["states"]) - len(listed)
    if left:
        out.print(
            f"\n{left} more states: --all shows them, --open those that need somebody, --region and --state some."
        )


def _needs_attention(state: dict[str, Any]) -> bool:
    """Whether somebody has to do something about a state: a case is open, a file to be mended, or it is overdue.

    A draft that waits for an answer is none: every state has one at the same time.
    """
    return bool(
        state["attention"] or state["overdue"] or state["late"] or any(not one["replaced"] for one in state["refused"])
    )


def _regions(told: list[dict[str, Any]], found: dict[str, Any], out: Console) -> None:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for name in _REGION:
        heading = {"open_cases": "open cases", "refused": "to mend"}.get(name, name)
        table.add_column(heading, justify="left" if name == "region" else "right")
    for one in told:
        table.add_row(*(str(one[name]) for name in _REGION))
    cases, files = (sum(one[name] for one in told) for name in ("open_cases", "refused"))
    totals = found["totals"]
    nobodys = {"region": "no state", "open_cases": totals["open_cases"] - cases}
    nobodys["refused"] = totals["to_be_mended"] - files
    if nobodys["open_cases"] or nobodys["refused"]:
        table.add_row(*(str(nobodys.get(name, "")) for name in _REGION))
    out.print()
    out.print(table)


def _inbox_and_partners(found: dict[str, Any], out: Console) -> None:
    lines = [_partner(one) for one in found["partners"] if one["file"] or one["too_old"] or one["failure"]]
    lines += [f"not collected: {text(one['file'])}: {text(one['reason'])}" for one in found["not_taken"]]
    if lines:
        out.print()
    for line in lines:
        out.print(line, soft_wrap=True)


def _states(states: list[dict[str, Any]], items: int, out: Console) -> None:
    rows = [_row(state, items) for state in states]
    columns = {
        name: ("right" if name in _NUMBERS else "left", [row[place] for row in rows])
        for place, name in enumerate(_COLUMNS)
    }
    out.print(grid(columns, out, shrinks="name"))


def _row(state: dict[str, Any], items: int) -> tuple[str, ...]:
    came = state["received_at"] is not None
    waiting = sum(not file["replaced"] for file in state["refused"])
    return (
        state["iso3"],
        text(state["name"]),
        _received(state),
        "both" if len(state["collectors"]) > 1 else "".join(state["collectors"]),
        f"{state['answered']}/{items}" if came else "–",
        f"{state['reviewed']:.0%}" if came else "–",
        str(state["open_cases"] or ""),
        str(waiting or ""),
        text(state["last_change"] or "")[:10],
    )


def _received(state: dict[str, Any]) -> str:
    """The day on which the return came, or what is special about it."""
    if not state["invited"]:
        return "left"
    marks = [name for name in ("late", "overdue", "withdrawn") if state[name]]
    day = text(state["received_at"] or "")[:10]
    if marks:
        return f"[red]{marks[0]}[/]"
    return day or (f"until {state['extended_to']}" if state["extended_to"] else "–")


def _refused(files: list[tuple[str, dict[str, Any]]], most: int, reports: bool, out: Console) -> None:
    """Refused files, each with its first error, and where the reports to the senders lie."""
    if not files:
        return
    out.print("\n[bold]Refused[/bold]")
    for iso3, one in files[:most]:
        errors = [problem for problem in one["problems"] if problem["severity"] == "error"]
        replaced = ", replaced since" if one["replaced"] else ""
        out.print(f"{iso3:<4} {text(one['file'])}{replaced}", soft_wrap=True)
        if errors:
            place = f"row {errors[0]['row']}: " if errors[0]["row"] else ""
            more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
            indented(f"{place}{text(errors[0].get('english') or errors[0]['message'])}{more}", out)
        if reports:
            out.print(f"     {text(one['report'])}", soft_wrap=True)
    if len(files) > most:
        out.print(f"     … {len(files) - most} more files")
    if not reports:
        out.print(f"Reports to the senders: {text(Path(files[0][1]['report']).parents[1])}", soft_wrap=True)


def _partner(one: dict[str, Any]) -> str:
    """How old the data of a partner is."""
    came = f"{text(one['file'])} of {one['taken_on']}, current {one['age_days']} days ago" if one["file"] else "no file"
    old = f", [red]too old[/] after {one['stale_days']} days" if one["too_old"] else ""
    failed = f", last fetch failed: {text(one['failure'])}" if one["failure"] else ""
    return f"partner {one['source']}: {came}{old}{failed}"
