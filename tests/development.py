"""One model, one rule or one page on a warehouse that is kept, within seconds: `make model`, `make rule`, `make page`.

    make model M=overall_scores            the model, its tests and unit tests; M takes what dbt's --select takes
    make rule R=tiers_follow_from_scores   the rows that break a rule
    make page P=status/2026                a page of the server, without a server; P= for the first one
    make page P=letter/EST/fr              a letter

What is kept lies in .dev/: both editions, of which 2020 is published, and a few days of the round of 2026. It is made
at the first call (two minutes) and not made anew by itself: after a change to seeds, or to models above the one that
you are at, name them too (M="+overall_scores"), or begin anew with `make warehouse`.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gci.build.candidate import build, plan, readable
from gci.build.dbt_job import Job
from gci.core.paths import DBT_PROJECT, EXPECTATIONS, PROJECT, SEEDS, DataFolders
from gci.core.records import Candidate, Failure

HOME = PROJECT / ".dev"
WAREHOUSE = DataFolders(HOME / "warehouse")
ROUND = DataFolders(HOME / "round")
APRIL = "1775779200"  # the 10th of 2026, for SOURCE_DATE_EPOCH
SHOWN = 20


def warehouse() -> Candidate:
    """Make the kept warehouse where there is none; gives the candidate of 2024, whose file holds both editions."""
    if not (HOME / "made").exists():
        _say(f"making {HOME}, once …")
        shutil.rmtree(HOME, ignore_errors=True)
        HOME.mkdir()
        _make()
        (HOME / "made").touch()
    return next(one for one in readable(WAREHOUSE) if one.edition == "2024")


def _make() -> None:
    from gci.casework.refresh import refresh
    from gci.collect.replay import replay
    from gci.core.worker_pool import keep_warm
    from published import collect, publish_editions
    from round_of_2026 import day, first_days

    with keep_warm():
        publish_editions(["2020"], WAREHOUSE)
        replay("2024", None, WAREHOUSE)
        collect(WAREHOUSE)
        candidate = plan("2024", WAREHOUSE)
        assert candidate is not None
        build(candidate, WAREHOUSE)
        first_days(ROUND)
        with day(4, 10):
            refresh(ROUND)
    _lay_out_layers(candidate)


def _lay_out_layers(candidate: Candidate) -> None:
    """All layers of the candidate in a file of their own, and beside them the models of a round, which it has not."""
    from gci.build.dbt_engine import run_dbt
    from gci.casework.documents import documents

    job = _job()
    job.file.parent.mkdir(parents=True)
    shutil.copy(candidate.folder / "dbt" / "candidate.duckdb", job.file)
    texts = {path.name: path.read_text(encoding="utf-8") for path in candidate.folder.glob("*.json")}
    for name, text in (texts | documents(WAREHOUSE, DBT_PROJECT).texts).items():
        (job.documents / name).write_text(text, encoding="utf-8")
    chosen = ("--select", "tag:survey", "--exclude-resource-type", "test", "unit_test")
    assert run_dbt("build", job, *chosen, "--partial-parse").success


def _job() -> Job:
    return Job(HOME / "layers", HOME / "layers", WAREHOUSE.landing)


def model(chosen: str) -> bool:
    """Build models anew in the kept file, with their tests and unit tests; the models above them are as they were.

    Args:
        chosen: what dbt's --select takes.

    Returns:
        Whether all of it went well.
    """
    from gci.build.dbt_engine import run_dbt

    warehouse()
    job, words = _job(), ("--select", *chosen.split())
    manifest = run_dbt("parse", job, "--partial-parse").result
    named = run_dbt("ls", job, *words, "--output", "name", "--resource-type", "model", "seed", manifest=manifest)
    if not named.success or not named.result:
        _say(f"dbt finds no model {chosen!r}")
        return False
    _drop([node for node in manifest.nodes.values() if node.name in set(named.result)], job.file)
    done = run_dbt("build", job, *words, manifest=manifest)
    for result in getattr(done.result, "results", None) or []:
        told = " ".join(str(result.message or "").split())
        what = f"{result.node.resource_type} {result.node.name}"
        _say(f"{result.status!s:<8} {result.execution_time:5.1f} s  {what}  {told}")
    if done.exception:
        _say(str(done.exception))
    return bool(done.success)


def _drop(nodes: list[Any], file: Path) -> None:
    """Take the tables away: the project makes tables in files that hold none."""
    import duckdb

    with duckdb.connect(str(file)) as connection:
        for node in nodes:
            connection.execute(f'drop table if exists "{node.schema}"."{node.alias}" cascade')


def rule(name: str) -> bool:
    """Hold the kept candidate against one rule, and show the first rows that break it. Returns whether none does."""
    from dataclasses import replace

    from gci.core.gates import GATES
    from gci.gates.inputs import inputs_of
    from gci.gates.papers import papers_of
    from gci.gates.rules import ask_rules
    from gci.gates.suite import load_recomputation, load_suite
    from gci.gates.validation_database import open_bench

    candidate = warehouse()
    suites = {gate: load_suite(gate, EXPECTATIONS) for gate in GATES}
    found = [(gate, one) for gate, suite in suites.items() for one in suite.rules if one.name == name]
    if not found:
        _say(f"no suite has a rule {name!r}; they are in {EXPECTATIONS / 'rules'}")
        return False
    broken: list[Failure] = []
    for gate, one in found:
        inputs = replace(inputs_of(candidate, WAREHOUSE), closely=gate == "landed")
        papers = papers_of(candidate.database, WAREHOUSE)
        tables = {table.name: table for table in suites["built"].tables}
        against = WAREHOUSE.current
        with open_bench(
            candidate.database, against, inputs, tables, SEEDS, load_recomputation(EXPECTATIONS), papers
        ) as bench:
            broken += ask_rules([one], bench, gate)[name]
    for failure in broken[:SHOWN]:
        _say(f"{failure.table} {failure.keys}: found {failure.found}, expected {failure.expected}")
    _say(f"{name}: {len(broken)} rows break it")
    return not broken


def page(path: str) -> bool:
    """Write a page of the server, or a letter (letter/STATE/LANGUAGE), to .dev/pages/ and say where it is."""
    warehouse()
    os.environ["SOURCE_DATE_EPOCH"] = APRIL
    target = HOME / "pages" / f"{path.strip('/').replace('/', '-') or 'index'}.html"
    target.parent.mkdir(exist_ok=True)
    if path.startswith("letter/"):
        from gci.casework.letter import as_html, letter

        _, state, language = path.split("/")
        code, text = 200, as_html(letter("2026", state, language, ROUND))
    else:
        code, text = _asked(path, ROUND if path.startswith(("status", "reports")) else WAREHOUSE)
    target.write_text(text, encoding="utf-8")
    _say(f"{code} {target}")
    return code == 200


def _asked(path: str, folders: DataFolders) -> tuple[int, str]:
    """Ask the app of the pages in this process, as somebody who may read them."""
    os.environ["GCI_DATA"] = str(folders.root)
    from gci.orchestration.settings import configure_environment

    configure_environment(folders)
    import httpx

    from gci.orchestration.ui.pages import pages

    for guard in pages.router.dependencies:
        pages.dependency_overrides[guard.dependency] = lambda: None

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app=pages)
        async with httpx.AsyncClient(
            transport=transport, base_url="http://dev.invalid", follow_redirects=True
        ) as client:
            return await client.get(f"/{path.strip('/')}")

    answer = asyncio.run(ask())
    return answer.status_code, answer.text


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    ask: dict[str, Callable[[str], bool]] = {"model": model, "rule": rule, "page": page}
    if sys.argv[1] == "warehouse":
        shutil.rmtree(HOME, ignore_errors=True)
        warehouse()
    else:
        sys.exit(not ask[sys.argv[1]](sys.argv[2]))
