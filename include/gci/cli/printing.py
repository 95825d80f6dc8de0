"""How commands print: one JSON document, or text and tables that a terminal can be trusted with."""

from __future__ import annotations

import json
import sys
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.console import Console
    from rich.status import Status
    from rich.table import Table

_WIDE = 400  # columns of a pipe or file: its lines are not broken


def print_json(document: Any) -> None:
    """Print one JSON document on stdout."""
    sys.stdout.write(json.dumps(document, indent=1, ensure_ascii=False) + "\n")


def console() -> Console:
    """Where a command prints for people: stdout, as wide as the terminal, or wide enough for a pipe."""
    from rich.console import Console

    return Console(highlight=False, width=None if sys.stdout.isatty() else _WIDE)


def text(said: object) -> str:
    """A value from outside as it can be shown: no markup, nothing that a terminal would obey; nothing for None."""
    from rich.markup import escape

    return escape("".join(sign if sign.isprintable() else " " for sign in str(said))) if said is not None else ""


def duckdb_shell() -> str:
    """DuckDB's shell as one would type it here: the one beside this Python, which a plain `duckdb` need not be."""
    shell, here = Path(sys.executable).with_name("duckdb"), Path.cwd()
    return str(shell.relative_to(here) if shell.is_relative_to(here) else shell)


def at_work(doing: str) -> Status:
    """Show on stderr that something is being done, while it lasts; to be used with `with`, and `update` says what now.

    Where stderr is no terminal nothing is shown.
    """
    from rich.console import Console

    return Console(stderr=True).status(text(doing))


def indented(said: str, out: Console, by: int = 5) -> None:
    """Print a text under the line before it, its further lines as far to the right as the first."""
    from rich.padding import Padding

    out.print(Padding(said, (0, 0, 0, by), expand=False))


def grid(columns: Mapping[str, tuple[str, list[str]]], out: Console, shrinks: str) -> Table:
    """A table of which one column gives way where the terminal is narrow: no other is ever cut.

    Args:
        columns: by heading on which side it stands (left or right), and its cells.
        out: where it will be printed.
        shrinks: heading of the column that may be shortened, to no less than ten signs.
    """
    from rich.table import Table
    from rich.text import Text

    widths = {
        name: max(len(name), *(len(Text.from_markup(cell)) for cell in cells)) for name, (_, cells) in columns.items()
    }
    others = sum(width for name, width in widths.items() if name != shrinks) + len(columns) - 1
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    for name, (justify, _) in columns.items():
        width = min(widths[name], max(10, out.width - others)) if name == shrinks else widths[name]
        table.add_column(
            name, justify="right" if justify == "right" else "left", width=width, no_wrap=True, overflow="ellipsis"
        )
    for row in zip(*(cells for _, cells in columns.values()), strict=True):
        table.add_row(*row)
    return table


def number(value: float | None, decimals: int = 2) -> str:
    """A number with so many decimals, rounded half up as spreadsheets and the warehouse do; a dash where there is none.

    The value is taken as it is written: 1.005 becomes 1.01, although the nearest double lies a little below it.
    """
    if value is None:
        return "–"
    return f"{Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):f}"
