"""How commands print: one JSON document, or text and tables that a terminal can be trusted with."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

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


def number(value: float | None, decimals: int = 2) -> str:
    """A number with so many decimals; a dash where there is none."""
    return "–" if value is None else f"{value:.{decimals}f}"
