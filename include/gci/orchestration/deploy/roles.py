"""The roles of a deployment with users of its own (FAB): who looks, who runs, who signs."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_HITL = ("can_edit", "HITL Detail")
_PUBLICATION = ("can_edit", "DAG:publish_edition")
_OWN_NAME = ("can_edit", "My Profile")

ROLES = ("viewer", "engineer", "publisher", "admin")
"""viewer: sees all runs and logs. engineer: runs, clears, sets connections; may not answer a request for a sign-off.
publisher: sees, and answers the request of publish_edition. admin: Airflow's own, who gives the others their roles."""


def make_roles() -> None:
    """Make the roles that are not there yet, from what Airflow's own roles may do; one that is there gets no more.

    Airflow's `Op` may answer any request for a person's input; `engineer` may not, so that whoever runs the pipeline
    does not sign what it made. Nobody but an administrator changes names: who reviewed is known by them.
    """
    with _manager() as security:
        security.sync_roles()
        viewer = set(security.VIEWER_PERMISSIONS) - {_OWN_NAME}
        engineer = viewer | set(security.USER_PERMISSIONS) | set(security.OP_PERMISSIONS)
        wanted = {
            "viewer": viewer,
            "engineer": engineer - {_HITL, _OWN_NAME},
            "publisher": viewer | {_HITL, _PUBLICATION, ("menu_access", "HITL Detail")},
        }
        for name, may in wanted.items():
            if security.find_role(name) is None:
                role = security.add_role(name)
                for action, resource in sorted(may):
                    security.add_permission_to_role(role, security.create_permission(action, resource))
            elif taken := security.get_permission(*_OWN_NAME):
                security.remove_permission_from_role(security.find_role(name), taken)


def make_user(name: str, password: str, role: str) -> None:
    """Make a user with a role, unless there is one of that name: whose password and roles stay as they are."""
    with _manager() as security:
        found = security.find_role("Admin" if role == "admin" else role)
        if security.find_user(username=name) is None:
            # FAB wants an address that nobody else has; none is sent to.
            address = f"{secrets.token_hex(8)}@users.invalid"
            security.add_user(name, name, "", address, found, password)


@contextmanager
def _manager() -> Iterator[Any]:
    """FAB's security manager, for the length of a block."""
    from airflow.providers.fab.auth_manager.cli_commands.utils import get_application_builder

    with get_application_builder() as builder:
        yield builder.sm
