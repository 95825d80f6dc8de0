"""What nobody has translated yet: it reads in English, is marked as English, and is counted; it is never a blank.

A text may stand in an attribute, in a title or in a sentence: where it does is known when the page is written, so the
text is marked by two letters that no text has, and the page's HTML is made of them at the end.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from gci.site.texts import translated, translations

_BEGINS, _ENDS = "\ue000", "\ue001"
_IN_A_TAG = re.compile(r"<[^<>]*\ue000[^<>]*>|<title>[^<]*\ue000[^<]*</title>")


def translating(language: str) -> tuple[Callable[[str], str], Callable[[str, str, int], str]]:
    """Gettext and ngettext of a language, which mark what is in English for want of a translation."""
    catalogue, there = translations(language), translated(language)

    def gettext(text: str) -> str:
        return catalogue.gettext(text) if language == "en" or text in there else f"{_BEGINS}{text}{_ENDS}"

    def ngettext(one: str, many: str, number: int) -> str:
        text = catalogue.ngettext(one, many, number)
        return text if language == "en" or one in there else f"{_BEGINS}{text}{_ENDS}"

    return gettext, ngettext


def told(page: str) -> str:
    """A page in which texts that are not translated are told to be English; others are as they are."""
    if _BEGINS not in page:
        return page
    plain = _IN_A_TAG.sub(lambda found: found[0].replace(_BEGINS, "").replace(_ENDS, ""), page)
    return plain.replace(_BEGINS, '<span lang="en" dir="ltr">').replace(_ENDS, "</span>")
