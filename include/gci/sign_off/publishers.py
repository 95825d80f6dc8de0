"""Who has the role `publisher`, by whatever Airflow's auth manager knows of its users."""

from __future__ import annotations

import os
from typing import Any

from gci.sign_off.asked import PUBLISHER, Answerer

USERS = "GCI_USERS"
"""Names of people and their roles (`NAME:ROLE,…`) under Airflow's simple auth manager, whose own roles are fixed; by
default the user `publisher` has that role. Where roles are made freely (FAB), the one of that name decides."""

_SHOWN_BY = ("username", "email")


def answerer(user: Any) -> Answerer:
    """A signed-in user as one who answers a request for a sign-off.

    Args:
        user: the user as Airflow's auth manager gives it.
    """
    known = [str(user.get_name() or ""), str(user.get_id() or "")]
    known += [str(getattr(user, attribute, None) or "") for attribute in _SHOWN_BY]
    full = " ".join(str(getattr(user, part, None) or "") for part in ("first_name", "last_name"))
    names = tuple(dict.fromkeys(name.strip() for name in (*known, full) if name.strip()))
    return Answerer(names, PUBLISHER if _is_publisher(user) else None)


def _is_publisher(user: Any) -> bool:
    roles = getattr(user, "roles", None)
    if roles is not None:  # FAB: as many roles as its administrators make
        return any(getattr(role, "name", role) == PUBLISHER for role in roles)
    return str(user.get_name()) in _named()


def _named() -> set[str]:
    told = os.environ.get(USERS, "") or f"{PUBLISHER}:{PUBLISHER}"
    known = [one.strip().rpartition(":") for one in told.split(",")]
    return {name.strip() for name, _, role in known if role.strip() == PUBLISHER}
