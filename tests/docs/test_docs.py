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
ANALYSTS = (DOCS / "analysts.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```sql\n(.*?)```", ANALYSTS, re.S)
STATEMENTS = [part.strip() for example in EXAMPLES for part in example.split(";") if part.strip()]


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda statement: statement.split("\n")[0][:60])
def test_every_sql_example_gives_rows(statement, published_data):
    with duckdb.connect(str(published_data.current), read_only=True) as connection:
        assert connection.execute(statement).fetchall()


def test_twenty_questions_and_more_have_their_answer():
    """Each is told by its number, one after the other, and a statement follows it."""
    parts = ANALYSTS.split("\n\n")
    asked = [(place, int(part[2:].partition(".")[0])) for place, part in enumerate(parts) if re.match(r"\*\*\d", part)]
    assert [number for _, number in asked] == list(range(1, len(asked) + 1))
    assert len(asked) >= 20
    assert all(parts[place + 1].startswith("```sql\n") for place, _ in asked)


@pytest.mark.parametrize(
    "example", re.findall(r"```python\n(.*?)```", ANALYSTS, re.S), ids=("duckdb", "pandas", "json")
)
def test_every_python_example_gives_what_it_says(example, published_data, tmp_path, monkeypatch):
    (tmp_path / "data").symlink_to(published_data.root)
    monkeypatch.chdir(tmp_path)
    found = {}
    exec(example, found)
    given = [found[name] for name in ("overview", "scores", "states", "said") if name in found]
    assert given
    assert all(len(one) > 5 for one in given)


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
