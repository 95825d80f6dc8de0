"""What `gci gate` found, on the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.table import Table

from gci.cli.printing import console, text
from gci.core.records import GateReport
from gci.gates.report import SAMPLE, describe, failures_of


def show(held: Sequence[tuple[Path, list[GateReport]]]) -> None:
    """Print a line per file and gate and, below it, a row per broken check with the first rows that broke it."""
    out = console()
    for path, reports in held:
        for report in reports:
            broken = sum(not check.passed for check in report.checks)
            verdict = "[green]passed[/green]" if report.passed else "[red]failed[/red]"
            counts = f"{len(report.checks)} checks" + (f", {broken} failed" if broken else "")
            out.print(f"{text(path)}  {report.gate}  {verdict}  {counts}", soft_wrap=True)
            if broken:
                out.print(_broken(report))
        for sentence in dict.fromkeys(sentence for report in reports for sentence in report.not_held):
            out.print(f"{text(path)}  [yellow]not held[/yellow]  {text(sentence)}", soft_wrap=True)


def _broken(report: GateReport) -> Table:
    table = Table(show_edge=False, pad_edge=True, expand=False)
    for name in ("check", "rows", "what should hold, and the first rows that break it"):
        table.add_column(name, justify="right" if name == "rows" else "left", overflow="fold")
    for check in report.checks:
        if not check.passed:
            lines = [check.message, *(describe(one) for one in failures_of(report, check)[:SAMPLE])]
            if check.rows > SAMPLE:
                lines.append(f"… {check.rows - SAMPLE} more")
            table.add_row(text(check.check), str(check.rows), "\n".join(text(line) for line in lines))
    return table
