"""The lines in which releases go out: one per edition, and that of partner data between editions.

A line has vintages of its own. Everything that is done to an edition's candidate (plan, build, gates, sign-off,
publication, verification) is done to that of the partner line, under this name in place of an edition's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

PARTNERS = "partners"
"""The line of what hangs on partner data alone: published/partners/v<k>."""

TABLES = frozenset({"partner_values", "partner_value_revisions", "partner_support", "review_worklist"})
"""The tables that go out with it, and with no edition."""

MEASURES = "gca_activity_measures"
"""The table of which it has the measures of partners, and each edition all others."""

SUBJECTS = ("partner", "support")
"""The subjects (seed gca_measures) of the measures of partners."""

BUILT = (*sorted(TABLES), MEASURES)
"""What its candidate builds; every other table is carried over from the release before it."""


def tables_of(line: str, tables: Iterable[str]) -> list[str]:
    """Of the tables of a file those of which a release of the line has the rows, sorted.

    Args:
        line: an edition, or PARTNERS.
        tables: names of tables.
    """
    if line == PARTNERS:
        return sorted(name for name in tables if name in BUILT)
    return sorted(name for name in tables if name not in TABLES)


def vintages(manifest: Mapping[str, Any]) -> dict[str, int]:
    """The vintage of each line that a file holds, as the manifest of its candidate says.

    Args:
        manifest: `editions` has edition and vintage of each; `partners` the vintage of partner data, if there is one.

    Returns:
        Edition, or `partners` → vintage, from 1.
    """
    said = {str(one["edition"]): int(one["vintage"]) for one in manifest.get("editions", ())}
    return said | ({PARTNERS: int(manifest[PARTNERS])} if manifest.get(PARTNERS) is not None else {})
