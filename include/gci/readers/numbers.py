"""Plain decimal numbers as people write them into cells."""

from __future__ import annotations

import re

DECIMAL = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
"""A decimal number in ASCII digits, with a point and, where it has one, an exponent."""

LONGEST = 100
"""Characters of the longest number that is read."""


def exact_number(text: str) -> float | None:
    """A plain decimal number, of any size that a double holds; None when it is not one."""
    if len(text) > LONGEST or not DECIMAL.fullmatch(text):
        return None
    value = float(text)
    vanished = value == 0 and any(digit in "123456789" for digit in re.split("[eE]", text)[0])
    return None if vanished or abs(value) == float("inf") else value
