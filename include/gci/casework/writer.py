"""Says what letters and drafts say, with values that came from files."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment

from gci.reference.direction import isolated
from gci.reference.labels import RIGHT_TO_LEFT
from gci.texts import Translator
from gci.texts.templates import environment


class Writer(Translator):
    """A translator for texts whose places are filled from files: with one line that can be trusted, whatever it is.

    Signs that nobody sees become blanks, and from right to left a value keeps its own direction.
    """

    def gettext(self, text: str, /, **values: object) -> str:
        """A text with its places filled."""
        shown = {name: plain("" if value is None else str(value)) for name, value in values.items()}
        if self.language in RIGHT_TO_LEFT:
            shown = {name: f"\u2068{value}\u2069" for name, value in shown.items()}
        return super().gettext(text, **shown)


def plain(said: str) -> str:
    """Text from a file as one line that a terminal, a mail program or a page can be trusted with."""
    return "".join(sign if sign.isprintable() else " " for sign in said)


@cache
def pages(language: str) -> Environment:
    """The templates of letters and drafts in a language; `isolated` keeps what runs from left to right in one piece."""
    made = environment("gci.casework", Writer(language))
    made.globals["direction"] = "rtl" if language in RIGHT_TO_LEFT else "ltr"
    made.filters["isolated"] = lambda text: isolated(text, language)
    return made
