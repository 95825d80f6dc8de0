"""The figures of an edition that people look at before and after publication, read from a warehouse file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from gci.core.lines import PARTNERS
from gci.publish.partner_changes import partner_figures

if TYPE_CHECKING:
    import duckdb

SHOWN = 5
"""States shown at the top, at the bottom and among the movers; at the ends all that tie with the last one."""


def figures(database: Path, edition: str) -> dict[str, Any]:
    """What came out for an edition.

    Args:
        database: a candidate, a release's file or the published file; only read.
        edition: the edition; of `partners` the figures are those of gci.publish.partner_changes.

    Returns:
        states: with a score; tiers: states per tier, or ranks: the last rank (one of the two, the other is None);
        top and bottom: iso3, name, score, rank, tier; known_errors: ids of the register that bite, with what is wrong.
    """
    from gci.core.database.warehouse_file import reading

    if edition == PARTNERS:
        return partner_figures(database)
    with reading(database) as connection:
        scored = _rows(
            connection,
            """
            select iso3, name_en as name, score, rank, tier
            from overall_scores join member_states using (iso3)
            where edition = ? and score is not null
            order by score desc, iso3
            """,
            edition,
        )
        known = _rows(
            connection,
            "select id, iso3, dimension, published, corrected, what_is_wrong from corrections "
            "where edition = ? and bites order by id",
            edition,
        )
    tiers = [row["tier"] for row in scored if row["tier"] is not None]
    ranks = [row["rank"] for row in scored if row["rank"] is not None]
    return {
        "states": len(scored),
        "tiers": {f"T{tier}": tiers.count(tier) for tier in range(1, 6)} if tiers else None,
        "ranks": max(ranks) if ranks else None,
        "top": _with_ties(scored),
        "bottom": _with_ties(scored[::-1])[::-1],
        "known_errors": known,
    }


def _with_ties(scored: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The first states, and all that have the score of the last of them: no order is made up among equals."""
    if len(scored) <= SHOWN:
        return scored
    last = round(scored[SHOWN - 1]["score"], 9)
    return [row for place, row in enumerate(scored) if place < SHOWN or round(row["score"], 9) == last]


def changes(database: Path, before: Path | None, edition: str) -> list[dict[str, Any]]:
    """States of an edition whose score, rank or tier differs from the vintage that is published.

    Args:
        database: the candidate.
        before: the published file; None when there is none.
        edition: the edition.

    Returns:
        iso3, name, score, rank and tier before (`was_…`) and now, largest change first; empty when it is the first
        vintage or nothing differs.
    """
    from gci.core.database.warehouse_file import attach, reading

    if before is None or not before.is_file():
        return []
    with reading(database) as connection:
        attach(connection, before, "earlier")
        return _rows(
            connection,
            """
            select
                iso3, name_en as name, now.score, now.rank, now.tier,
                was.score as was_score, was.rank as was_rank, was.tier as was_tier
            from overall_scores as now
            join earlier.main.overall_scores as was using (edition, iso3)
            join member_states using (iso3)
            where edition = ? and (now.score, now.rank, now.tier) is distinct from (was.score, was.rank, was.tier)
            order by abs(coalesce(now.score, 0) - coalesce(was.score, 0)) desc, iso3
            """,
            edition,
        )


def movers(database: Path, edition: str) -> list[dict[str, Any]]:
    """The states that moved most since the edition before, where both have data and cover the same concepts.

    Returns:
        iso3, name, from_edition, change of the overall score in points: the largest rises, then the largest falls.
    """
    from gci.core.database.warehouse_file import reading

    with reading(database) as connection:
        compared = _rows(
            connection,
            """
            select iso3, name_en as name, from_edition, change
            from score_changes join member_states using (iso3)
            where to_edition = $1 and dimension = 'overall' and comparability <> 'neither' and change is not null
                and from_edition = (select max(from_edition) from score_changes where to_edition = $1)
            order by change desc, iso3
            """,
            edition,
        )
    rises = [row for row in compared[:SHOWN] if row["change"] > 0]
    falls = [row for row in reversed(compared[-SHOWN:]) if row["change"] < 0]
    return rises + falls


def _rows(connection: duckdb.DuckDBPyConnection, sql: str, edition: str) -> list[dict[str, Any]]:
    result = connection.execute(sql, [edition])
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
