"""Text from elsewhere inside Markdown: shown as it is written, whatever it would mean there.

What a partner's server said, or what stands in a file, must not make a heading, a link, an image, a cell of a table or
HTML in what a signer reads.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

LONGEST = 500
"""Characters that are shown of one such text."""

_SPECIAL = re.compile(r"([!#&*<>\[\\\]_`|~])")
_BECOMES_A_LINK = re.compile(r"://|www\.|@", re.IGNORECASE)  # viewers make links of these, escaped or not
_DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def text(given: Any) -> str:
    """A text from elsewhere for a cell or the middle of a line, so that a viewer of Markdown shows it and no more.

    Args:
        given: the text, or a number.
    """
    line = _line(given)
    return code(line) if _BECOMES_A_LINK.search(line) else _SPECIAL.sub(r"\\\1", line)


def code(given: Any) -> str:
    """The same in letters of one width, where nothing is read as Markdown at all.

    A bar would end a cell of a table even here, and how it is escaped depends on the viewer: a broken one stands
    for it.

    Args:
        given: the text, e.g. a path or an address.
    """
    line = _line(given).replace("|", "¦")
    if not line:
        return ""
    longest = max((len(run) for run in re.findall("`+", line)), default=0)
    fence = "`" * (longest + 1)
    space = " " if line.startswith("`") or line.endswith("`") or line.strip() != line else ""
    return f"{fence}{space}{line}{space}{fence}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """The lines of a table.

    Args:
        head: the names of the columns, in our own words.
        rows: the cells, as Markdown: what is from elsewhere has gone through `text`.
    """
    lines = [head, ["---"] * len(head), *rows]
    return ["| " + " | ".join(line) + " |" for line in lines]


def _line(given: Any) -> str:
    """On one line, without what is no character to be seen or turns the direction of what stands around it."""
    shown = "".join(
        "\ufffd" if one in _DIRECTIONS else " " if unicodedata.category(one) in ("Cc", "Zl", "Zp") else one
        for one in str(given)
    )
    line = " ".join(shown.split())
    return line if len(line) <= LONGEST else line[:LONGEST] + "…"
