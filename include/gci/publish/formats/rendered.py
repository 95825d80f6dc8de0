"""The templates of the formats that are text with marks: codebook and structures."""

from __future__ import annotations

from typing import Any


def rendered(template: str, **told: Any) -> str:
    """A template of the folder templates/ with what it is told; what it names and is not told is an error."""
    from gci.texts import translator
    from gci.texts.templates import environment

    made = environment("gci.publish.formats", translator("en")).overlay(keep_trailing_newline=True)
    return made.get_template(template).render(**told)
