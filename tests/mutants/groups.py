"""Candidates in which groups of states are not whole, or the register of exceptions is not."""

from __future__ import annotations

from mutants.case import Case, Spoiling


def _incomes_end_early(case: Case) -> None:
    """As the candidate would be built when no rows were added for the fiscal year of its reference date."""

    def ended(line: str) -> str:
        cells = line.split(",")
        return ",".join([*cells[:4], "2024-06-30", *cells[5:]]) if cells[1] == "income" else line

    case.seed(
        "member_state_groups.csv", lambda lines: [line if line.startswith("PLW") else ended(line) for line in lines]
    )
    groups = "edition = '2024' and (grouping = 'income' or member_group = 'developing')"
    case.built(f"delete from group_members where {groups}; delete from group_scores where {groups}")


def _exception_gone(case: Case) -> None:
    """As the candidate would be built if nobody had said why Venezuela has no income group."""
    case.seed(
        "group_exceptions.csv", lambda lines: [line for line in lines if not line.startswith("VEN,income,any,2021")]
    )
    case.built("delete from group_exceptions where iso3 = 'VEN' and valid_from = date '2021-07-01'")


def _exception_too_many(case: Case) -> None:
    """As the candidate would be built with an exception for a state that has the group."""
    case.seed("group_exceptions.csv", lambda lines: [*lines, lines[1].replace("BTN", "TUV")])
    case.built(
        "create temp table kept as from group_exceptions union all by name select * replace ('TUV' as iso3) "
        "from group_exceptions where iso3 = 'BTN'; delete from group_exceptions; "
        "insert into group_exceptions from kept order by iso3, grouping, member_group, valid_from"
    )


GROUPS = (
    Spoiling("an exception gone from register and file", _exception_gone, ("members_have_their_groups",)),
    Spoiling(
        "an exception for a state that has the group, in register and file",
        _exception_too_many,
        ("members_have_their_groups",),
    ),
    Spoiling(
        "a state without an income group, and nobody said why",
        lambda case: case.seed(
            "group_exceptions.csv", lambda lines: [line for line in lines if not line.startswith("VEN,income,any,2021")]
        ),
        ("members_have_their_groups",),
    ),
    Spoiling(
        "income groups that ended before the edition",
        _incomes_end_early,
        ("members_have_their_groups",),
    ),
    Spoiling(
        "an exception for a state that has the group",
        lambda case: case.seed("group_exceptions.csv", lambda lines: [*lines, lines[1].replace("BTN", "TUV")]),
        ("members_have_their_groups",),
    ),
)
