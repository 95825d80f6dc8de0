"""codebook.html: what every table and column of a release says, for people: one page, nothing fetched, nothing run."""

from __future__ import annotations

from collections.abc import Iterable

from gci.core.disclaimer import SYNTHETIC
from gci.publish.formats.about import About
from gci.publish.formats.dictionary import Table
from gci.publish.formats.rendered import rendered


def codebook(about: About, tables: Iterable[Table]) -> str:
    """The page."""
    told = {"tables": tuple(tables), "told": about.told.items(), "disclaimer": SYNTHETIC}
    return rendered("codebook.html", about=about, **told)
