"""How sure a tier is and what would move it, as the tables of a file say, in sentences for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gci.core.database.warehouse_file import quoted, rows, tables

if TYPE_CHECKING:
    import duckdb

SURE = 0.95
"""The share of the draws in its published tier from which on a state counts as sure of it."""
_TABLES = {"score_uncertainty", "tier_fragility", "audit_summary"}
_MOVES = """
    select iso3, direction, any_value(changes) as changes, any_value(cut) as cut,
        string_agg(item, ', ' order by step) as items, any_value(item_level) as item_level
    from tier_fragility join editions using (edition)
    where edition = {edition} and {which} group by iso3, direction order by iso3, direction
"""


def certainty_of_state(connection: duckdb.DuckDBPyConnection, edition: str, iso3: str) -> dict[str, Any] | None:
    """How sure the score and tier of one state are.

    Args:
        connection: has a warehouse file in use.
        edition: the edition.
        iso3: the state.

    Returns:
        The row of score_uncertainty, `moves` (per direction the fewest answers that move the tier: changes, cut, items)
        and `told`, the same in sentences; None for a file without an audit and for a state without a score.
    """
    if not tables(connection).keys() >= _TABLES:
        return None
    one, state = quoted(edition), quoted(iso3)
    found = rows(connection, f"select * from score_uncertainty where edition = {one} and iso3 = {state}")
    if not found:
        return None
    tier = rows(connection, f"select tier from overall_scores where edition = {one} and iso3 = {state}")[0]["tier"]
    moves = rows(connection, _MOVES.format(edition=one, which=f"iso3 = {state}"))
    said = rows(connection, f"select sentence from audit_summary where edition = {one}")
    told = [_range(found[0]), *([_tier(found[0], tier)] if tier else []), *map(move_told, moves)]
    told += [row["sentence"] for row in said if row["sentence"]]
    return found[0] | {"tier": tier, "moves": moves, "told": told}


def certainty_of_edition(connection: duckdb.DuckDBPyConnection, edition: str) -> dict[str, Any] | None:
    """How sure an edition is as a whole.

    Args:
        connection: has a warehouse file in use.
        edition: the edition.

    Returns:
        The row of audit_summary, and `unsure`: the states that have less than 0.95 in their published tier (another one
        may well be sure), the least sure first, each with name, score, tier, tier_probabilities and `moves` as of one
        state. None for a file without an audit, and for an
        edition in which no state has a score.
    """
    if not tables(connection).keys() >= _TABLES:
        return None
    one = quoted(edition)
    summary = rows(connection, f"from audit_summary where edition = {one}")
    if not summary:
        return None
    unsure = rows(
        connection,
        f"""
        select iso3, name_en as name, score, tier, tier_probability, tier_probabilities
        from score_uncertainty join overall_scores using (edition, iso3) join member_states using (iso3)
        where edition = {one} and tier_probability < {SURE} order by tier_probability, iso3
        """,
    )
    moves = rows(connection, _MOVES.format(edition=one, which="true"))
    for state in unsure:
        state["moves"] = [move for move in moves if move["iso3"] == state["iso3"]]
    return summary[0] | {"unsure": unsure}


def tiers_told(probabilities: list[float]) -> str:
    """The tiers that a state may be in, the likeliest first: `T2 in 83 %, T1 in 17 %`."""
    by_share = sorted(enumerate(probabilities, 1), key=lambda one: (-one[1], one[0]))
    return ", ".join(f"T{tier} in {percent(share)}" for tier, share in by_share if share)


def move_told(move: dict[str, Any]) -> str:
    """What would move a state over a cut: `one indicator moves it up to 85 points: cs1`.

    Args:
        move: a row of `tier_fragility`: item_level (indicator or question), changes (how many), direction (up or down),
            cut (points of the overall score, 0 to 100), items (their codes, apart by blanks).
    """
    what = "indicator" if move["item_level"] == "indicator" else "answer"
    changed = f"one {what} moves" if move["changes"] == 1 else f"{move['changes']} {what}s move"
    way = "up to" if move["direction"] == "up" else "down below"
    return f"{changed} it {way} {move['cut']:g} points: {move['items']}"


def percent(share: float) -> str:
    """A share for reading: never 0 % or 100 % of what is not nothing or all, nor 95 % of what is not sure."""
    told = f"{100 * share:.0f}"
    if share < SURE <= round(share, 2):
        return f"under {told}\u00a0%"
    if told == "100" and share < 1:
        return "over 99\u00a0%"
    return "under 1\u00a0%" if told == "0" and share > 0 else f"{told}\u00a0%"


def _range(found: dict[str, Any]) -> str:
    low, high = found["score_q05"], found["score_q95"]
    places = f"{found['rank_q05']:.0f} to {found['rank_q95']:.0f}"
    counted = "a place is 1 and one more for each state above"
    return f"nine in ten draws of the audit give {low:.2f} to {high:.2f} points, places {places} ({counted})"


def _tier(found: dict[str, Any], tier: int) -> str:
    how = "sure" if found["tier_probability"] >= SURE else "not sure"
    return f"tier {tier} is {how}: {tiers_told(found['tier_probabilities'])} of the draws"
