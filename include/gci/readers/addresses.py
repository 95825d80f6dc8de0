"""Addresses of cells: letters of columns and their numbers, `B7`, `B7:C9`. Rows and columns are counted from 1."""

from __future__ import annotations

import re
from functools import lru_cache

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384  # of a sheet
_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")

Place = tuple[int, int]  # row, column


@lru_cache(maxsize=1_000)
def column_number(letters: str) -> int:
    """The number of a column from its letters: A is 1."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def column_letters(number: int) -> str:
    """The letters of a column from its number: 1 is A."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def place_of(address: str) -> Place | None:
    """Row and column of an address such as `B7`; None when it is none. It may lie beyond the end of a sheet."""
    found = _CELL.fullmatch(address)
    return None if found is None else (int(found.group(2)), column_number(found.group(1)))


def address_of(place: Place) -> str:
    """`B7` for row 7, column 2."""
    return f"{column_letters(place[1])}{place[0]}"


def area_of(text: str) -> tuple[Place, Place] | None:
    """First and last cell of `B7:C9`, or of a single cell; None when it is neither."""
    first, _, last = text.partition(":")
    begin, end = place_of(first), place_of(last or first)
    if begin is None or end is None:
        return None
    return (min(begin[0], end[0]), min(begin[1], end[1])), (max(begin[0], end[0]), max(begin[1], end[1]))
