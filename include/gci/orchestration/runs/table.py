"""The result of a run for people: what `gci run`, and with it `make run`, ends with."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from gci.core.lines import PARTNERS
from gci.orchestration.runs.result import EditionResult, RunResult

_OUTCOMES = {
    "published": "[green]published[/]",
    "nothing_new": "nothing new",
    "embargoed": "[green]approved[/], waits for its hour",
    "waiting_for_sign_off": "[yellow]waits for sign-off[/]",
    "blocked": "[red]blocked[/]",
    "rejected": "[red]rejected[/]",
}
_REFUSALS = 10
"""Refused files that are named; a rehearsed round has dozens."""
_STANDING = ("published", "nothing_new")
_COLUMNS = ("edition", "outcome", "states", "result", "gates", "known errors")


def print_result(result: RunResult, console: Console) -> None:
    """Print per edition tiers or ranks, top and bottom, gates, known errors, files; refusals; how to go on.

    Args:
        result: what the run came to.
        console: where to.
    """
    for failure in result.failures:
        console.print(f"[red]failed[/] {escape(failure)}", soft_wrap=True)
    for partner in result.partners:
        console.print(f"[yellow]not fetched[/] {escape(partner)}", soft_wrap=True)
    console.print(_table(result))
    for edition in result.editions:
        _print_edition(edition, console)
    _print_refusals(result.refused, console)
    there = [edition for edition in result.editions if edition.database and edition.outcome in _STANDING]
    there.sort(key=lambda one: one.edition != PARTNERS)
    if there:
        query = f"from overall_scores where edition = '{there[-1].edition}' order by score desc"
        if there[-1].edition == PARTNERS:
            query = "from partner_values"
        shell = _near(str(Path(sys.executable).with_name("duckdb")))
        console.print(f'\n  {shell} -readonly {_near(there[-1].database)} "{query}"\n', soft_wrap=True)
    spent = ", ".join(f"{stage} {seconds:.1f}" for stage, seconds in result.seconds.items())
    console.print(f"[dim]seconds: {spent}[/]", soft_wrap=True)


def _print_refusals(refused: Sequence[dict[str, Any]], console: Console) -> None:
    """The refused files, each with its first error in the operator's language; of many the first few."""
    if not refused:
        return
    files = "1 file" if len(refused) == 1 else f"{len(refused)} files"
    told = [
        f"\n[red]refused[/] {files} in this run; each lies with the report for its sender in a folder of its own. "
        "How many of them their senders have replaced since says `gci status --edition E`:"
    ]
    for refusal in refused[:_REFUSALS]:
        errors = [problem for problem in refusal["problems"] if problem["severity"] == "error"]
        told.append(f"  {escape(refusal['file'])} (report: {escape(_near(refusal['quarantine']))})")
        told += [f"    {escape(_problem(problem))}" for problem in errors[:1]]
        told += [f"    and {len(errors) - 1} more errors" for _ in errors[1:2]]
    if len(refused) > _REFUSALS:
        told.append(f"  … {len(refused) - _REFUSALS} more: `gci status --edition E --all`, or --json, names them all.")
    console.print("\n".join(told), soft_wrap=True)


def _problem(problem: dict[str, Any]) -> str:
    places = [f"{name} {problem[name]}" for name in ("sheet", "row", "column") if problem[name] is not None]
    return f"{', '.join(places) or 'the whole file'}: {problem.get('english') or problem['message']}"


def _table(result: RunResult) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in _COLUMNS:
        table.add_column(column, no_wrap=True)
    for edition in result.editions:
        table.add_row(*_cells(edition))
    return table


def _cells(edition: EditionResult) -> tuple[str, ...]:
    figures: dict[str, Any] = edition.figures or {}
    vintage = f" v{edition.vintage}" if edition.vintage else ""
    checks = sum(gate.checks for gate in edition.gates)
    passed = checks - sum(gate.failed for gate in edition.gates)
    return (
        f"{edition.edition}{vintage}",
        _OUTCOMES[edition.outcome] + (" [bold yellow]SYNTHETIC[/]" if edition.synthetic else ""),
        str(figures.get("states", "")),
        _places(figures),
        f"{passed}/{checks}" if checks else "",
        str(len(figures["known_errors"])) if figures else "",
    )


def _print_edition(edition: EditionResult, console: Console) -> None:
    """What does not fit into the table: one line each for what there is."""
    figures: dict[str, Any] = edition.figures or {}
    known: list[dict[str, Any]] = figures.get("known_errors", [])
    lines = {
        "synthetic" if edition.synthetic else "": "built from invented returns: no figure says anything of a state",
        "top": " ".join(row["iso3"] for row in figures.get("top", [])),
        "bottom": " ".join(row["iso3"] for row in figures.get("bottom", [])),
        "known errors": "; ".join(f"{row['iso3']} {row['dimension']}: {row['what_is_wrong']}" for row in known),
        "checks": _checks(edition),
        "signed by": edition.signed_by,
        "files": _near(edition.folder),
        "what now" if edition.outcome not in _STANDING else "": edition.message,
    }
    told = [f"{name:<12} {escape(value)}" for name, value in lines.items() if name and value]
    if edition.outcome == "nothing_new":
        told.append(escape(edition.message))
    console.print(f"\n[bold]{edition.edition}[/]\n" + "\n".join(f"  {line}" for line in told), soft_wrap=True)


def _checks(edition: EditionResult) -> str:
    """What the number of checks in the table is made of."""
    told = [
        f"{gate.checks} {gate.gate}" + (f" ({gate.failed} failed)" if gate.failed else "") for gate in edition.gates
    ]
    return f"{sum(gate.checks for gate in edition.gates)} = {' + '.join(told)}" if told else ""


def _places(figures: dict[str, Any]) -> str:
    if "values" in figures:
        return f"{figures['values']:,} values, {figures['series']} series, {figures['sources']} sources"
    if figures.get("tiers"):
        return " ".join(f"{tier} {states}" for tier, states in figures["tiers"].items())
    return f"ranks 1–{figures['ranks']}" if figures.get("ranks") else ""


def _near(path: str | None) -> str:
    """A path as one would type it here."""
    if not path:
        return ""
    here = Path.cwd()
    return str(Path(path).relative_to(here)) if Path(path).is_relative_to(here) else path
