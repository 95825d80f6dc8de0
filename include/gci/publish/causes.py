"""Why an edition comes out otherwise than it is published: the answers that changed, each with its file and doubts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from gci.core.database.warehouse_file import attach, reading
from gci.publish.doubts import REMARK, flagged, remarked

_CHANGED = f"""
    with flags as (
        select edition, iso3, item, list_sort(list_distinct(list(flag))) as flags
        from evidence_worklist group by all
    ),
    checks as (
        select edition, iso3, item, list_sort(list_distinct(list([{REMARK}, source, severity]))) as checks
        from review_worklist group by all
    )
    select
        iso3, item, was.answer as was_answer, now.answer, was.source as was_source, now.source,
        coalesce(now.file, was.file) as file, now.return_digest, now.review_digest, now.review_reason,
        flags.flags, checks.checks
    from answers as now
    full join earlier.main.answers as was using (edition, iso3, item)
    left join flags using (edition, iso3, item)
    left join checks using (edition, iso3, item)
    where edition = ? and (now.answer, now.source) is distinct from (was.answer, was.source)
    order by iso3, item
"""
_DOUBTS = f"""
    select flag, null as checks, count(*) as answers, count(distinct iso3) as states
    from evidence_worklist where edition = $1 group by flag
    union all
    select null, [{REMARK}, source, severity], count(*), count(distinct iso3)
    from review_worklist where edition = $1 group by all
    order by answers desc, flag, checks
"""


def changed_answers(database: Path, before: Path | None, edition: str) -> list[dict[str, Any]]:
    """The answers of an edition that are not as they are published.

    Args:
        database: the candidate.
        before: the published file; None when there is none.
        edition: the edition.

    Returns:
        By state and item: iso3, item, answer and source before (`was_…`) and now, file, return_digest, review_digest,
        review_reason, doubts (what the worklists say against it in words, '' for nothing).
    """
    if before is None or not before.is_file():
        return []
    with reading(database) as connection:
        attach(connection, before, "earlier")
        found = _rows(connection.execute(_CHANGED, [edition]))
    return [row | {"doubts": "; ".join(_in_words(row.pop("flags"), row.pop("checks")))} for row in found]


def doubts(database: Path, edition: str) -> list[dict[str, Any]]:
    """What the worklists doubt about an edition's answers.

    Returns:
        Per kind: doubt (in words), answers (how many), states (of how many); most answers first.
    """
    with reading(database) as connection:
        found = _rows(connection.execute(_DOUBTS, [edition]))
    return [
        {"doubt": told, "answers": row["answers"], "states": row["states"]}
        for row in found
        for told in _in_words(row["flag"] and [row["flag"]], row["checks"] and [row["checks"]])
    ]


def _in_words(flags: Sequence[str] | None, checks: Sequence[Sequence[str]] | None) -> list[str]:
    return [*map(flagged, flags or ()), *(remarked(*one) for one in checks or ())]


def _rows(result: Any) -> list[dict[str, Any]]:
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
