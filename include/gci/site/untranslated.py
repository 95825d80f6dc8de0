"""What nobody has translated yet: it reads in English, is marked as English, and is counted; it is never a blank.

A text may stand in an attribute, in a title or in a sentence: where it does is known when the page is written, so the
text is marked by two letters that no text has, and the page's HTML is made of them at the end.
"""

from __future__ import annotations

import re

from gci.texts import Translator, translated

_BEGINS, _ENDS = "\ue000", "\ue001"
_IN_A_TAG = re.compile(r"<[^<>]*\ue000[^<>]*>|<title>[^<]*\ue000[^<]*</title>")


class Told(Translator):
    """Says texts in a language, and marks what is in English for want of a translation."""

    def said(self, text: str, many: str | None = None, number: int = 1, context: str | None = None) -> str:
        """A text with its {places} as they are, between marks where it is not translated."""
        found = super().said(text, many, number, context)
        return found if self.language == "en" or text in translated(self.language) else f"{_BEGINS}{found}{_ENDS}"


def plain(text: str) -> str:
    """A text without the marks, for what is no HTML."""
    return text.replace(_BEGINS, "").replace(_ENDS, "")


def told(page: str) -> str:
    """A page in which texts that are not translated are told to be English; others are as they are."""
    if _BEGINS not in page:
        return page
    marked = _IN_A_TAG.sub(lambda found: plain(found[0]), page)
    return marked.replace(_BEGINS, '<span lang="en" dir="ltr">').replace(_ENDS, "</span>")
