"""What people read in six languages: one gettext catalogue per language, and a translator for each.

A text stands in English where it is used, and is its own key; `locale/<language>.po` has it in the other languages. How
to add one: docs/texts.md.
"""

from gci.texts.catalogues import Translator, marked, translated, translator, untranslated

__all__ = ["Translator", "marked", "translated", "translator", "untranslated"]
