"""One corruption, and the acts from which corruptions are made."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Corruption:
    """One way to tamper with a file.

    Attributes:
        name: what was done.
        sql: the statements that do it.
        stopped_by: checks that must fail.
        by_comparison: whether nothing but the comparison with the earlier file, or with papers, can see it.
        names: what one of the rows that break the checks must say.
    """

    name: str
    sql: str
    stopped_by: tuple[str, ...]
    by_comparison: bool = False
    names: str = ""


def without_rules(table: str, change: str) -> str:
    """SQL that changes a table which then has neither key nor comment, as tampering by copying leaves it."""
    return f"create or replace table {table} as {change}"
