"""The result of a run for people: what `gci run`, and with it `make run`, ends with."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from gci.orchestration.runs.result import EditionResult, RunResult

_OUTCOMES = {
    "published": "[green]published[/]",
    "nothing_new": "nothing new",
    "waiting_for_sign_off": "[yellow]waits for sign-off[/]",
    "blocked": "[red]blocked[/]",
    "rejected": "[red]rejected[/]",
}
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
    for refusal in result.refused:
        _print_refusal(refusal, console)
    console.print(_table(result))
    for edition in result.editions:
        _print_edition(edition, console)
    there = [edition for edition in result.editions if edition.database and edition.outcome in _STANDING]
    if there:
        query = f"from overall_scores where edition = '{there[-1].edition}' order by score desc"
        shell = _near(str(Path(sys.executable).with_name("duckdb")))
        console.print(f'\n  {shell} -readonly {_near(there[-1].database)} "{query}"\n', soft_wrap=True)
    spent = ", ".join(f"{stage} {seconds:.1f}" for stage, seconds in result.seconds.items())
    console.print(f"[dim]seconds: {spent}[/]", soft_wrap=True)


def _print_refusal(refusal: dict[str, Any], console: Console) -> None:
    told = [f"[red]refused[/] {escape(refusal['file'])} (report: {escape(_near(refusal['quarantine']))})"]
    for problem in refusal["problems"]:
        places = [f"{name} {problem[name]}" for name in ("sheet", "row", "column") if problem[name] is not None]
        told.append(f"  {escape(', '.join(places) or 'the whole file')}: {escape(problem['message'])}")
    console.print("\n".join(told), soft_wrap=True)


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
        "signed by": edition.signed_by,
        "files": _near(edition.folder),
        "what now" if edition.outcome not in _STANDING else "": edition.message,
    }
    told = [f"{name:<12} {escape(value)}" for name, value in lines.items() if name and value]
    if edition.outcome == "nothing_new":
        told.append(escape(edition.message))
    console.print(f"\n[bold]{edition.edition}[/]\n" + "\n".join(f"  {line}" for line in told), soft_wrap=True)


def _places(figures: dict[str, Any]) -> str:
    if figures.get("tiers"):
        return " ".join(f"{tier} {states}" for tier, states in figures["tiers"].items())
    return f"ranks 1–{figures['ranks']}" if figures.get("ranks") else ""


def _near(path: str | None) -> str:
    """A path as one would type it here."""
    if not path:
        return ""
    here = Path.cwd()
    return str(Path(path).relative_to(here)) if Path(path).is_relative_to(here) else path
