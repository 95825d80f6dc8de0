"""Who may log in to the server, as what, and with which password. There is no default password."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from gci.core.errors import WrongUsage
from gci.core.paths import DataFolders

USERS = "GCI_USERS"
"""Names of people and their roles, e.g. `Jane Doe:publisher,ops:engineer`. Without it one user per role."""

PASSWORDS = "simple_auth_manager_passwords.json.generated"
"""Where Airflow's simple auth manager looks for passwords, under its home."""


@dataclass(frozen=True)
class Role:
    """What someone may do.

    Attributes:
        name: how the warehouse calls it.
        in_airflow: the role of Airflow's simple auth manager that it stands for.
        may: what it allows, for people.
    """

    name: str
    in_airflow: str
    may: str


ROLES = {
    role.name: role
    for role in (
        Role("viewer", "viewer", "look at everything"),
        Role("engineer", "op", "run, clear and pause DAGs; connections, variables and pools"),
        Role("publisher", "user", "sign off, run and clear DAGs"),
    )
}


@dataclass(frozen=True)
class User:
    """Someone who may log in."""

    name: str
    role: Role


def users(told: str | None = None) -> list[User]:
    """The users of the server.

    Args:
        told: what $GCI_USERS says, when not that of the environment.

    Raises:
        WrongUsage: it cannot be read, names someone twice or a role that there is not.
    """
    told = os.environ.get(USERS, "") if told is None else told
    found = [_user(one) for one in told.split(",") if one.strip()] or [User(name, role) for name, role in ROLES.items()]
    names = [user.name for user in found]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise WrongUsage(f"${USERS} names {', '.join(twice)} twice. Each user has one role.")
    return found


def setting(known: list[User]) -> str:
    """The users as Airflow's setting `core.simple_auth_manager_users` wants them."""
    return ",".join(f"{user.name}:{user.role.in_airflow}" for user in known)


def passwords(known: list[User], folders: DataFolders) -> Path:
    """Make a password for each user who has none yet, in a file that the owner alone can read.

    Passwords that are there stay; those of users who are gone are taken out.

    Args:
        known: the users.
        folders: the data folder; its Airflow home exists.

    Returns:
        The file: JSON, password by name.

    Raises:
        WrongUsage: the file is there and cannot be read as such.
    """
    file = folders.airflow / PASSWORDS
    before = _read(file)
    now = {user.name: before.get(user.name) or secrets.token_urlsafe(16) for user in known}
    part = file.with_name(f".{file.name}.{os.getpid()}")
    part.unlink(missing_ok=True)
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as opened:
        opened.write(json.dumps(now, ensure_ascii=False) + "\n")
    part.replace(file)
    return file


def _user(told: str) -> User:
    name, _, role = (part.strip() for part in told.rpartition(":"))
    if not name or ":" in name or role not in ROLES:
        roles = ", ".join(ROLES)
        raise WrongUsage(f"${USERS} has {told.strip()!r}; it takes NAME:ROLE, separated by commas. Roles: {roles}.")
    return User(name, ROLES[role])


def _read(file: Path) -> dict[str, str]:
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    try:
        found = json.loads(text) if text.strip() else {}
        return {str(name): str(password) for name, password in found.items()}
    except (ValueError, AttributeError) as error:
        raise WrongUsage(
            f"{file} does not hold passwords by name ({error}). Mend it, or remove it to get new passwords."
        ) from error
