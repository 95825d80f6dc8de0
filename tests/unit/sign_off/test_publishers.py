"""Who has the role `publisher`, asked of the users of Airflow's own auth managers."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HELD = """
import os
from airflow.api_fastapi.auth.managers.simple.user import SimpleAuthManagerUser
from airflow.providers.fab.auth_manager.models import Role, User
from gci.sign_off.publishers import answerer

def of_fab(*roles):
    user = User(id=7, username="jane", first_name="Jane", last_name="Doe", email="jane@example.org")
    user.roles = [Role(name=role) for role in roles]
    return answerer(user)

# Where roles are made freely, the one of that name decides, whatever the list says.
os.environ["GCI_USERS"] = "jane:publisher"
assert of_fab("Admin", "Op").role is None
assert of_fab("publishers").role is None
assert of_fab("viewer", "publisher").role == "publisher"
assert set(of_fab().names) == {"jane", "7", "Jane Doe", "jane@example.org"}

# Under the simple auth manager's fixed roles the list does.
def of_simple(name, role):
    return answerer(SimpleAuthManagerUser(username=name, role=role)).role

del os.environ["GCI_USERS"]
assert of_simple("publisher", "user") == "publisher"
assert of_simple("admin", "admin") is None
assert of_simple("engineer", "op") is None
os.environ["GCI_USERS"] = "jane doe:publisher, ops:engineer"
assert of_simple("jane doe", "user") == "publisher"
assert of_simple("publisher", "user") is None
assert of_simple("ops", "admin") is None
"""


def test_the_role_is_that_of_the_auth_manager_or_of_the_list(tmp_path: Path) -> None:
    """In a process of its own: Airflow reads its settings when it is imported."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AIRFLOW")}
    done = subprocess.run(
        [sys.executable, "-c", HELD], env=kept | {"AIRFLOW_HOME": str(tmp_path)}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
