"""The figures of a partner release, and what of partner data is other than in the release before it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gci.core.database.warehouse_file import attach, reading, rows
from gci.publish.doubts import REMARK

CLASS = "partner data"
"""The class of a change that a newer file of a partner makes."""

_FIGURES = """
    select
        count(distinct iso3) as states, count(distinct source) as sources, count(distinct (source, series)) as series,
        count(*) as values
    from partner_values
"""
_CHANGED = """
    select
        source, series, iso3, period, was.value as was_value, now.value,
        coalesce(now.landing_digest, was.landing_digest) as landing_digest
    from later.main.partner_values as now
    full join earlier.main.partner_values as was using (source, series, iso3, period)
    where now.source is null or was.source is null or now.value is distinct from was.value
    order by source, series, iso3, period
"""
_QUESTIONS = f"""
    select
        coalesce(now.source, was.source) as source,
        coalesce(now.severity, was.severity) as severity,
        coalesce(now.remark, was.remark) as remark,
        count(*) filter (where was.remark is null) as raised,
        count(*) filter (where now.remark is null) as answered
    from (select *, {REMARK} as remark from later.main.review_worklist) as now
    full join (select *, {REMARK} as remark from earlier.main.review_worklist) as was using (edition, iso3, check_code)
    where now.remark is null or was.remark is null
    group by all
    order by all
"""


def partner_figures(database: Path) -> dict[str, Any]:
    """What came out of partner data, as gci.publish.figures has it: states with a value, sources, series, values.

    Args:
        database: a candidate's or a release's file; only read.

    Returns:
        `states`, `sources`, `series` and `values`: how many of each; tiers and ranks are None, top, bottom and
        known_errors empty, since no edition is told of.
    """
    with reading(database) as connection:
        (counted,) = rows(connection, _FIGURES)
    return {"tiers": None, "ranks": None, "top": [], "bottom": [], "known_errors": []} | counted


def partner_changes(earlier: Path | None, later: Path) -> list[dict[str, Any]]:
    """The values of partners that differ between two files, as gci.publish.changes has its cells.

    Args:
        earlier: the file of the release before; None where there is none: then nothing is compared.
        later: the file to compare with.

    Returns:
        Per value: table, `of` (source, series, iso3, period), column, old, new (None where it is not there), class,
        reason, approver (nobody), cause (SHA-256 of the newer file). In the order of keys.
    """
    if earlier is None:
        return []
    with reading(later, "later") as connection:
        attach(connection, earlier, "earlier")
        found = rows(connection, _CHANGED)
    keys = ("source", "series", "iso3", "period")
    said = {"class": CLASS, "reason": "a newer file of the partner", "approver": None}
    return [
        {"table": "partner_values", "of": {name: row[name] for name in keys}, "column": "value"}
        | {"old": row["was_value"], "new": row["value"], **said, "cause": row["landing_digest"]}
        for row in found
    ]


def told_by_series(cells: list[dict[str, Any]]) -> Iterator[tuple[str, str, int, int, int]]:
    """How many values of each series are new, other ones, and gone.

    Args:
        cells: differences of `partner_values`, each with `of`: the key of its row, source and series among it.

    Yields:
        source, series, number of new ones, of other ones, of those that are gone; by source and series.
    """
    counted = Counter((cell["of"]["source"], cell["of"]["series"], _what(cell)) for cell in cells)
    for source, series in sorted({(source, series) for source, series, _ in counted}):
        new, other, gone = (counted[source, series, what] for what in ("new", "other", "gone"))
        yield source, series, new, other, gone


def changed_questions(earlier: Path, later: Path) -> list[dict[str, Any]]:
    """The questions to states that the later file has more, and those that it has no more.

    Returns:
        By what is remarked: source (the partner), severity, remark, and how many questions are `raised` and `answered`.
    """
    with reading(later, "later") as connection:
        attach(connection, earlier, "earlier")
        return rows(connection, _QUESTIONS)


def _what(cell: dict[str, Any]) -> str:
    return "new" if cell["old"] is None else "gone" if cell["new"] is None else "other"
