"""codebook.html: what every table and column of a release says, for people: one page, nothing fetched, nothing run."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from gci.core.disclaimer import SYNTHETIC
from gci.publish.formats.about import About
from gci.publish.formats.dictionary import Table

_TEMPLATES = Path(__file__).with_name("templates")


def codebook(about: About, tables: Iterable[Table]) -> str:
    """The page."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    page = made.get_template("codebook.html")
    return page.render(about=about, tables=tuple(tables), told=about.told.items(), disclaimer=SYNTHETIC)
