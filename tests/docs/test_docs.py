"""What the documents say is held against the program: every SQL example runs, every command and path exists."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib

import duckdb
import pytest

from gci.cli import COMMANDS
from gci.core.paths import PROJECT

DOCS = PROJECT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), PROJECT / "README.md", PROJECT / "CONTRIBUTING.md"])
EXAMPLES = re.findall(r"```sql\n(.*?)```", (DOCS / "analysts.md").read_text(encoding="utf-8"), re.S)
STATEMENTS = [part.strip() for example in EXAMPLES for part in example.split(";") if part.strip()]


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda statement: statement.split("\n")[0][:60])
def test_every_sql_example_gives_rows(statement, published_data):
    with duckdb.connect(str(published_data.current), read_only=True) as connection:
        assert connection.execute(statement).fetchall()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_and_stands_in_the_docs(command):
    told = subprocess.run(
        [sys.executable, "-c", "from gci.cli import main; main()", command, "--help"],
        capture_output=True,
        text=True,
        check=True,
        env={"COLUMNS": "200", "PATH": ""},
    ).stdout
    assert "Usage" in told
    assert re.search(rf"`gci {command}[ `]", (DOCS / "cli.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_direct_dependency_has_its_line_of_reason():
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    told = (DOCS / "dependencies.md").read_text(encoding="utf-8")
    missing = [name for one in wanted if (name := one.partition("==")[0].removeprefix("apache-airflow-")) not in told]
    assert not missing
