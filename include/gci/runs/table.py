"""The result of a run as a table for people: what `gci run` and with it `make run` end with."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from gci.runs.result import EditionResult, RunResult

_OUTCOMES = {
    "published": "[green]published[/]",
    "nothing_new": "nothing new",
    "waiting_for_sign_off": "[yellow]waits for sign-off[/]",
    "blocked": "[red]blocked[/]",
    "rejected": "[red]rejected[/]",
}

_STANDING = ("published", "nothing_new")
_COLUMNS = "edition, outcome, states, result, top, bottom, gates, known errors, signed by, files".split(", ")


def print_result(result: RunResult, console: Console) -> None:
    """Print per edition tiers or ranks, top and bottom, gates, known errors, files; refusals; how to go on.

    Args:
        result: what the run came to.
        console: where to.
    """
    for failure in result.failures:
        console.print(f"[red]failed[/] {escape(failure)}")
    for refusal in result.refused:
        _print_refusal(refusal, console)
    console.print(_table(result))
    for edition in result.editions:
        if edition.outcome != "published":
            console.print(f"[bold]{edition.edition}[/]: {escape(edition.message)}", soft_wrap=True)
    there = [edition for edition in result.editions if edition.database and edition.outcome in _STANDING]
    if there:
        query = f"from overall_scores where edition = '{there[-1].edition}' order by score desc"
        console.print(f'open it: duckdb {there[-1].database} "{query}"', soft_wrap=True)
    spent = ", ".join(f"{stage} {seconds:.1f}" for stage, seconds in result.seconds.items())
    console.print(f"[dim]seconds: {spent}[/]", soft_wrap=True)


def _print_refusal(refusal: dict[str, Any], console: Console) -> None:
    told = [f"[red]refused[/] {escape(refusal['file'])} (report: {escape(refusal['quarantine'])})"]
    for problem in refusal["problems"]:
        places = [f"{name} {problem[name]}" for name in ("sheet", "row", "column") if problem[name] is not None]
        told.append(f"  {escape(', '.join(places) or 'the whole file')}: {escape(problem['message'])}")
    console.print("\n".join(told), soft_wrap=True)


def _table(result: RunResult) -> Table:
    table = Table(show_edge=False, pad_edge=False, header_style="bold")
    for column in _COLUMNS:
        table.add_column(column, overflow="fold")
    for edition in result.editions:
        table.add_row(*_cells(edition))
    return table


def _cells(edition: EditionResult) -> tuple[str, ...]:
    figures = edition.figures or {}
    vintage = f" v{edition.vintage}" if edition.vintage else ""
    return (
        f"{edition.edition}{vintage}",
        _OUTCOMES[edition.outcome],
        str(figures.get("states", "")),
        _places(figures),
        " ".join(row["iso3"] for row in figures.get("top", [])),
        " ".join(row["iso3"] for row in figures.get("bottom", [])),
        ", ".join(f"{gate.gate} {gate.checks - gate.failed}/{gate.checks}" for gate in edition.gates),
        ", ".join(f"{row['iso3']} {row['dimension']}" for row in figures.get("known_errors", [])) or "0",
        escape(edition.signed_by or ""),
        escape(edition.folder or ""),
    )


def _places(figures: dict[str, Any]) -> str:
    if figures.get("tiers"):
        return " ".join(f"{tier} {states}" for tier, states in figures["tiers"].items())
    return f"ranks 1–{figures['ranks']}" if figures.get("ranks") else ""
