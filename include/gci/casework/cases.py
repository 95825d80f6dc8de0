"""The open points of a round, as survey.duckdb has them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from gci.casework.reading import rows_of
from gci.core.errors import WrongUsage
from gci.core.paths import DataFolders
from gci.reference.near import near_states
from gci.reference.seeds import edition as known
from gci.reference.seeds import member_states

STATES = ("open", "asked", "answered", "closed")
URGENT_FIRST = "state = 'closed', priority, iso3 nulls last, kind, length(subject), subject, case_id"


def cases(edition: str, state: str | None, folders: DataFolders) -> list[dict[str, Any]]:
    """The cases of an edition, or of one state in it, those that are closed last.

    Args:
        edition: the edition.
        state: ISO 3166 alpha-3; all states when not given.
        folders: where survey.duckdb lies.

    Returns:
        The rows of the table `cases`; dates as ISO 8601 text.

    Raises:
        WrongUsage: there is no such edition or state.
        TryAgain: survey.duckdb has not been made, or cannot be read.
    """
    known(edition)
    wanted = state_code(state) if state is not None else None
    return [row for row in rows_of("cases", edition, URGENT_FIRST, folders) if wanted in (None, row["iso3"])]


def to_ask(edition: str, state: str | None, folders: DataFolders) -> list[dict[str, Any]]:
    """The cases that focal points are to act on and have not answered.

    Args:
        edition: the edition.
        state: only those of this state (iso3); None for all.
        folders: where survey.duckdb lies.

    Returns:
        As `cases` gives them, and with its errors.
    """
    return [
        case
        for case in cases(edition, state, folders)
        if case["owner"] == "focal_point" and case["state"] in ("open", "asked")
    ]


def by_state(found: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """How many of the cases are open, asked, answered and closed.

    Args:
        found: cases, each with its `state`.

    Returns:
        State → number of cases, for each of STATES.
    """
    counted = Counter(case["state"] for case in found)
    return {state: counted[state] for state in STATES}


def in_words(counts: Mapping[str, int]) -> str:
    """These counts as every command and page says them: what is not closed, and what that is made of.

    Args:
        counts: state → number of cases, as `by_state` gives them.
    """
    still = {state: counts[state] for state in STATES if state != "closed"}
    told = " + ".join(f"{count} {state}" for state, count in still.items())
    cases_told = "1 case" if sum(still.values()) == 1 else f"{sum(still.values())} cases"
    return f"{cases_told} not closed = {told}; {counts['closed']} closed"


def case_events(edition: str, folders: DataFolders) -> dict[str, list[dict[str, Any]]]:
    """The life of each case of an edition: its events in their order, by case.

    Raises:
        TryAgain: survey.duckdb has not been made, or cannot be read.
    """
    lives: dict[str, list[dict[str, Any]]] = {}
    order = "case_id, happened_at, array_position(['opened', 'reopened', 'asked', 'answered', 'closed'], event)"
    for row in rows_of("case_events", edition, order, folders):
        lives.setdefault(row["case_id"], []).append({name: row[name] for name in ("happened_at", "event", "digest")})
    return lives


def state_code(state: str) -> str:
    """The code of a member state as it is written. Raises WrongUsage when it is none."""
    code = state.upper()
    if code not in member_states():
        raise WrongUsage(
            f"There is no member state {state!r}. States are named by ISO 3166 alpha-3, e.g. EST.{near_states(state)}"
        )
    return code
