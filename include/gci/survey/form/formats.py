"""How the cells of a questionnaire look: white may be filled in, everything else is locked."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

_EDGE = {"border": 1, "border_color": "#B8C4CE"}
_WRAPPED = {"text_wrap": True, "valign": "top"}
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16, "font_color": "#1B3A57"},
    "subtitle": {"bold": True, "font_size": 12, "font_color": "#1B3A57"},
    "notice": {**_WRAPPED, "italic": True, "font_color": "#8A3B00"},
    "text": {**_WRAPPED},
    "label": {"bold": True, **_WRAPPED},
    "header": {"bold": True, "font_color": "#FFFFFF", "bg_color": "#1B3A57", **_WRAPPED, **_EDGE},
    "heading": {"bold": True, "bg_color": "#DCE6EF", "valign": "top", **_EDGE},
    "locked": {"bg_color": "#F4F6F8", **_WRAPPED, **_EDGE},
    "faint": {"bg_color": "#F4F6F8", "font_color": "#55606B", "font_size": 9, **_WRAPPED, **_EDGE},
    "alert": {"bg_color": "#F4F6F8", "font_color": "#B00020", "bold": True, **_WRAPPED, **_EDGE},
    "open": {"locked": False, "num_format": "@", **_WRAPPED, **_EDGE},
    "prefilled": {"locked": False, "num_format": "@", "bg_color": "#D9ECFF", **_WRAPPED, **_EDGE},
    "count": {"bg_color": "#F4F6F8", "num_format": "0", **_EDGE},
    "share": {"bg_color": "#F4F6F8", "num_format": "0%", **_EDGE},
}


_LINE = 15  # points; ideographs stand higher than letters
_WORDS_LEFT_OVER = 1.1  # lines end before a word that does not fit


def height(*texts: tuple[str, int]) -> float:
    """How high a row must be, in points, so that every text shows in a column of its width in characters.

    LibreOffice opens a row as high as the file says, or one line high.
    """
    return _LINE * max(ceil(_WORDS_LEFT_OVER * _wide(text) / width) or 1 for text, width in texts)


def _wide(text: str) -> int:
    """About how many Latin letters wide a text is: an ideograph is twice as wide."""
    return sum(2 if sign >= "\u2e80" else 1 for sign in text)


class Formats:
    """The formats of one workbook, by name."""

    def __init__(self, book: Workbook, *, right_to_left: bool) -> None:
        direction = {"reading_order": 2, "align": "right"} if right_to_left else {}
        # LibreOffice without Arial takes Arabic letters from one font and stops from another, and draws them over each
        # other before لا. This font has both, and comes with LibreOffice; other programs take one of their own.
        font = {"font_name": "DejaVu Sans" if right_to_left else "Arial", "font_size": 10}
        self._formats = {name: book.add_format(font | direction | look) for name, look in _LOOKS.items()}
        # Laid over a cell while it lacks something: no font or protection of its own.
        self.missing = book.add_format({"bg_color": "#FFD9D6"})

    def __getitem__(self, name: str) -> Format:
        """The format of that name. Raises KeyError where there is none."""
        return self._formats[name]
