"""Characters that nobody sees: marks of direction, blanks without width, a second byte order mark."""

from __future__ import annotations

import unicodedata

MARKS = (
    "\ufeff\u200b\u200c\u200d\u2060\u00ad"  # byte order mark, blanks without width, joiners, soft hyphen
    "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # of direction
)
_NONE = dict.fromkeys(map(ord, MARKS))


def visible(text: str) -> str:
    """What is seen of a code or of a word to choose, composed as keyboards write it; without blanks around it."""
    return text if text.isascii() else unicodedata.normalize("NFC", text.translate(_NONE)).strip()
