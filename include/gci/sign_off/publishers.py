"""Who has the role `publisher`, by whatever Airflow's auth manager knows of its users."""

from __future__ import annotations

from typing import Any

from gci.sign_off.approval_policy import PUBLISHER, Answerer
from gci.sign_off.users import users

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
    # The simple auth manager has roles of its own: `$GCI_USERS` says which of its users has which of the warehouse's.
    return any(known.name == user.get_name() and known.role.name == PUBLISHER for known in users())
