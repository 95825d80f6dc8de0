"""Why an edition comes out otherwise than it is published: the answers that changed, each with its file and doubts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gci.core.database.warehouse_file import attach, reading

_CHANGED = """
    with flags as (
        select edition, iso3, item, string_agg(distinct flag, ', ' order by flag) as flags
        from evidence_worklist group by all
    ),
    checks as (
        select edition, iso3, item, string_agg(distinct check_code || ' (' || severity || ')', ', ') as checks
        from review_worklist group by all
    )
    select
        iso3, item, was.answer as was_answer, now.answer, was.source as was_source, now.source,
        coalesce(now.file, was.file) as file, now.return_digest, now.review_digest, now.review_reason,
        concat_ws(', ', flags.flags, checks.checks) as doubts
    from answers as now
    full join earlier.main.answers as was using (edition, iso3, item)
    left join flags using (edition, iso3, item)
    left join checks using (edition, iso3, item)
    where edition = ? and (now.answer, now.source) is distinct from (was.answer, was.source)
    order by iso3, item
"""
_DOUBTS = """
    select 'evidence: ' || replace(flag, '_', ' ') as doubt, count(*) as answers, count(distinct iso3) as states
    from evidence_worklist where edition = $1 group by flag
    union all
    select 'against partner data: ' || replace(check_code, '_', ' '), count(*), count(distinct iso3)
    from review_worklist where edition = $1 group by check_code
    order by answers desc, doubt
"""


def changed_answers(database: Path, before: Path | None, edition: str) -> list[dict[str, Any]]:
    """The answers of an edition that are not as they are published.

    Args:
        database: the candidate.
        before: the published file; None when there is none.
        edition: the edition.

    Returns:
        By state and item: iso3, item, answer and source before (`was_…`) and now, file, return_digest, review_digest,
        review_reason, doubts (what the worklists say against it, '' for nothing).
    """
    if before is None or not before.is_file():
        return []
    with reading(database) as connection:
        attach(connection, before, "earlier")
        return _rows(connection.execute(_CHANGED, [edition]))


def doubts(database: Path, edition: str) -> list[dict[str, Any]]:
    """What the worklists doubt about an edition's answers.

    Returns:
        Per kind: doubt, answers (how many), states (of how many); most answers first.
    """
    with reading(database) as connection:
        return _rows(connection.execute(_DOUBTS, [edition]))


def _rows(result: Any) -> list[dict[str, Any]]:
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
