"""The verdicts of `gci check` as tables on the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.table import Table

from gci.cli.printing import console, text
from gci.core.records import Receipt
from gci.diagnostics.report import place_in_words

_STYLES = {"accepted": "green", "refused": "red", "error": "red", "warning": "yellow"}


def show(verdicts: Sequence[tuple[Path, Receipt]]) -> None:
    """Print a line per file and, below it, a row per problem with its place."""
    screen = console()
    for path, receipt in verdicts:
        style = _STYLES[receipt.verdict]
        about = " ".join(word for word in (receipt.edition, receipt.iso3, receipt.source) if word)
        answered = f"{receipt.answered} of {receipt.items} answered" if receipt.items else ""
        named = str(path) if receipt.part is None else f"{path}: {receipt.part}"
        parts = (text(named), f"[{style}]{receipt.verdict}[/{style}]", about, answered)
        screen.print("  ".join(part for part in parts if part), soft_wrap=True)
        if receipt.problems:
            screen.print(_problems(receipt))


def _problems(receipt: Receipt) -> Table:
    table = Table(show_edge=False, pad_edge=True, expand=False)
    for name in ("", "place", "item", "what is wrong and what to do"):
        table.add_column(name, overflow="fold")
    for problem in receipt.problems:
        style = _STYLES[problem.severity]
        cells = (place_in_words(problem), problem.item, problem.told)
        table.add_row(f"[{style}]{problem.severity}[/{style}]", *(text(cell) for cell in cells))
    return table
