"""Text from right to left in which addresses, codes and dates keep their own direction."""

from __future__ import annotations

import re

from gci.reference.labels import RIGHT_TO_LEFT

_WORD = r"[A-Za-z0-9][!-z|~]*"
_IN_MARKS = "\u2066[^\u2069]*\u2069"
_RUN = re.compile(rf"{_IN_MARKS}|(?<![{{A-Za-z0-9/.:@_-]){_WORD}(?: {_WORD})*")
_BEHIND = ".,;:!?)]'\"»"


def isolated(text: str, language: str) -> str:
    """The text as it can be shown: every run of Latin letters in it kept in one piece, in its order.

    Without that `https://` is written `//:https` in Arabic, and 2026-04-10 back to front. Marks that nobody sees
    (U+2066, U+2069) stand around each run, once; a text in a language from left to right is given as it is.

    Args:
        text: what is to be shown; places in braces are left alone.
        language: en, fr, es, ar, zh or ru.
    """
    return _RUN.sub(lambda found: _marked(found[0]), text) if language in RIGHT_TO_LEFT else text


def _marked(run: str) -> str:
    """A run with marks around it, but for the punctuation of the sentence behind it; a word or a number needs none."""
    if run.startswith("\u2066"):
        return run
    bare = run if run.endswith("://") else run.rstrip(_BEHIND)
    if bare.isalnum() or not bare:
        return run
    return f"\u2066{bare}\u2069{run[len(bare) :]}"
