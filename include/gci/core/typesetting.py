"""Pages on paper, made by Typst: PDF/A for archives, PDF/UA for screen readers, the same bytes for the same input."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gci.core.errors import Blocked

if TYPE_CHECKING:
    import typst


def pdf(template: Path, told: Mapping[str, Any], when: datetime, name: str, *, own_fonts: bool = False) -> bytes:
    """A template with what it is told, as PDF.

    Args:
        template: a file of Typst; it reads what it is told as JSON from `sys.inputs.told`.
        told: texts, numbers, lists and dicts.
        when: the moment that the file says it was made at, in UTC.
        name: what is made, for a person who is told that it cannot be.
        own_fonts: only the fonts that Typst brings along: the same bytes on every machine, Latin letters.

    Raises:
        Blocked: Typst refuses the page.
    """
    import typst

    try:
        made = typst.compile(
            str(template),
            format="pdf",
            sys_inputs={"told": json.dumps(told, ensure_ascii=False, sort_keys=True)},
            pdf_standards=["a-2a", "ua-1"],  # held by Typst as it writes, as far as it checks
            timestamp=when.replace(tzinfo=UTC),
            font_paths=_fonts(own_fonts),
        )
    except typst.TypstError as error:
        raise Blocked(f"{name} cannot be made: {error.message}") from error
    assert isinstance(made, bytes)  # one document was asked for
    return made


@cache  # to look through the fonts of a machine takes longer than to set a page
def _fonts(own_fonts: bool) -> typst.Fonts:
    import typst

    return typst.Fonts(include_system_fonts=not own_fonts)
