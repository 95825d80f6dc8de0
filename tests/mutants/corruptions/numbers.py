"""Numbers and days that nobody publishes: a zero with a sign or as good as zero, more decimals, days of no calendar."""

from __future__ import annotations

from mutants.corruptions.corruption import Corruption


def _is(name: str, table: str, column: str, value: str, where: str, names: str) -> Corruption:
    change = f"update {table} set {column} = {value} where {where}"
    return Corruption(name, change, ("numbers_are_as_published",), names=names)


def _signed(name: str, table: str, column: str, names: str) -> Corruption:
    """DuckDB leaves a zero as it is where it should become another zero: so it is 13 in between."""
    first = f"update {table} set {column} = 13 where {column} = 0; "
    change = f"update {table} set {column} = '-0.0'::double where {column} = 13"
    return Corruption(name, first + change, ("numbers_are_as_published",), names=names)


def _day(name: str, table: str, column: str, value: str) -> Corruption:
    change = f"update {table} set {column} = {value} where iso3 = 'EST'"
    return Corruption(name, change, ("days_are_on_the_calendar",), names=f"{table}.{column}")


NUMBERS = (
    _signed("a zero with a sign in a score", "pillar_scores", "score", "found -0.0, expected 0.0"),
    _signed("a zero with a sign in a measure", "gca_activity_measures", "value", "found -0.0"),
    _signed("a zero with a sign in an exact answer", "answers", "answer", "found -0.0"),
    _signed("a zero with a sign in a wide table", "cooperation", "cs3", "cooperation.cs3"),
    _is("the least number for zero in a score", "pillar_scores", "score", "5e-324", "score = 0", "found 5e-324"),
    _is("the least number for zero in an answer", "answers", "answer", "5e-324", "answer = 0", "found 5e-324"),
    _is("a drift on gains", "capacity_gaps", "gain", "gain + 9e-10", "iso3 = 'AFG'", "capacity_gaps.gain"),
    _is(
        "a drift on measures", "gca_activity_measures", "value", "value + 9e-10", "true", "gca_activity_measures.value"
    ),
    _is("a drift on scores", "overall_scores", "score", "score + 4e-10", "iso3 = 'EST'", "overall_scores.score"),
    _is("a drift on points", "answers", "points", "points + 4e-13", "iso3 = 'EST'", "answers.points"),
    _day("a return received at no time", "returns_received", "received_at", "timestamp 'infinity'"),
    _day("a last day before the calendar", "returns_received", "last_day", "date '0001-01-01 (BC)'"),
    _day("a last day that never comes", "returns_received", "last_day", "date 'infinity'"),
    _day("a last day far beyond the calendar", "returns_received", "last_day", "date '5881580-07-10'"),
    _day("a group that never ends", "member_state_groups", "valid_to", "date 'infinity'"),
)
