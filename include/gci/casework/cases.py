"""The open points of a round, as survey.duckdb has them."""

from __future__ import annotations

from typing import Any

from gci.casework.reading import rows_of
from gci.core.errors import WrongUsage
from gci.core.paths import DataFolders
from gci.reference.seeds import edition as known
from gci.reference.seeds import member_states

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
        raise WrongUsage(f"There is no member state {state!r}. States are named by ISO 3166 alpha-3, e.g. EST.")
    return code
