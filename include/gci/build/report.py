"""What dbt made of each model and its tests: report.json beside what it left, a table in the task's log.

One task builds all models, since the file takes one writer (measured: docs/dbt_in_airflow.md). The report says per
model what a task of its own would: how it came out, rows, seconds, tests, and where the SQL lies that failed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

REPORT = "report.json"

KEPT, FAILED = "dbt", "dbt_failed"
"""What dbt left of a build that made the candidate, and of a later one that failed; in the candidate's folder."""

DONE = frozenset({"success", "pass", "warn", "no-op"})
_BUILT = ("model", "seed", "snapshot")
_SHOWN = 300  # characters of a message in the table


def report(results: Iterable[Any], rows: Mapping[str, int], target: Path) -> list[dict[str, Any]]:
    """What came of each model and seed, in the order in which dbt ended them.

    Args:
        results: dbt's own results, of models, seeds and tests.
        rows: number of rows by table.
        target: dbt's target folder, where the compiled SQL lies.

    Returns:
        Per model or seed: name, kind, schema, status, seconds, rows (None for a view or where there is no table),
        message and compiled (path of its SQL below the target folder; None where it was not compiled), and tests: per
        test name, status, seconds, failures (rows), message, compiled. Tests of sources stand under the source.
    """
    told: dict[str, dict[str, Any]] = {}
    tests: list[tuple[str, Any]] = []
    for result in results:
        if str(result.node.resource_type) in _BUILT:
            told[result.node.unique_id] = {
                "name": result.node.name,
                "kind": str(result.node.resource_type),
                "schema": result.node.schema,
                "rows": rows.get(result.node.alias),
                **_outcome(result, target),
                "tests": [],
            }
        elif str(result.node.resource_type) != "operation" or str(result.status) not in DONE:  # of hooks only failures
            tests.append((_about(result.node), result))
    for about, result in tests:
        kind, _, name = about.partition(".")
        entry = told.setdefault(
            about, {"name": name.rpartition(".")[2], "kind": kind, "status": "", "rows": None, "tests": []}
        )
        entry["tests"].append(
            {"name": result.node.name, "failures": result.failures, **_outcome(result, target)},
        )
    return list(told.values())


def write_report(told: Sequence[Mapping[str, Any]], dbt: Path) -> None:
    """Write report.json into the folder with what dbt left.

    Args:
        told: the models as `report` has them.
        dbt: that folder.
    """
    (dbt / REPORT).write_text(json.dumps(list(told), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def read_report(folder: Path) -> list[dict[str, Any]]:
    """The models of the last build in a candidate's folder.

    Returns:
        As `report` made them, with `compiled` as full paths. Empty where nothing was built.
    """
    left = [folder / name for name in (FAILED, KEPT) if (folder / name / REPORT).is_file()]
    if not left:
        return []
    models: list[dict[str, Any]] = json.loads((left[0] / REPORT).read_text(encoding="utf-8"))
    for node in [*models, *(test for model in models for test in model["tests"])]:
        node["compiled"] = str(left[0] / node["compiled"]) if node.get("compiled") else None
    return models


def failed_nodes(folder: Path) -> list[dict[str, Any]]:
    """The models and tests that failed in the last build.

    Args:
        folder: the candidate's.

    Returns:
        As `failures` has them; empty when all went well, or nothing was built.
    """
    return failures(read_report(folder))


def failures(told: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The models and tests of a report that failed.

    Args:
        told: the models, as `read_report` gives them.

    Returns:
        Per failure: name (a test's with its model: `scores, test not_null`), message (dbt's), compiled (path of the SQL
        as it ran, or None).
    """
    found = []
    for model in told:
        bad = [test for test in model["tests"] if _failed(test)]
        if _failed(model):
            found.append({name: model.get(name) for name in ("name", "message", "compiled")})
        found += [
            {"name": f"{model['name']}, test {test['name']}", "message": test["message"], "compiled": test["compiled"]}
            for test in bad
        ]
    return found


def as_table(told: Sequence[Mapping[str, Any]]) -> list[str]:
    """The report as lines of a log: a row per model, and one more for each test of it that failed.

    Args:
        told: the models as `report` has them.

    Returns:
        A header, then the rows: name, status, rows, seconds and how many tests passed.
    """
    lines = [f"{'model':<46} {'status':<8} {'rows':>8} {'seconds':>8}  tests"]
    for model in told:
        tests = model["tests"]
        passed = sum(not _failed(test) and test["status"] != "skipped" for test in tests)
        lines.append(
            f"{model['name']:<46} {model['status']:<8} {_figure(model.get('rows')):>8} "
            f"{model.get('seconds') or 0:>8.2f}  " + (f"{passed} of {len(tests)} passed" if tests else "none")
        )
        lines += [f"  FAILED test {test['name']}: {_short(test['message'])}" for test in tests if _failed(test)]
        if _failed(model):
            lines.append(f"  FAILED: {_short(model['message'])}")
    return lines


def _outcome(result: Any, target: Path) -> dict[str, Any]:
    return {
        "status": str(result.status),
        "seconds": round(result.execution_time, 3),
        "message": " ".join(str(result.message).split()) if str(result.status) not in DONE else None,
        "compiled": _compiled(result.node, target),
    }


def _compiled(node: Any, target: Path) -> str | None:
    """Where the compiled SQL of a node lies, below the target folder."""
    path = Path(getattr(node, "compiled_path", None) or "nowhere")
    return path.relative_to(target).as_posix() if path.is_relative_to(target) and path.is_file() else None


def _about(node: Any) -> str:
    """The unique id of what a test is about."""
    attached = getattr(node, "attached_node", None)
    return str(attached or next(iter(node.depends_on.nodes), "") or "test.of.nothing")


def _failed(node: Mapping[str, Any]) -> bool:
    return node["status"] not in DONE | {"skipped", ""}


def _figure(number: int | None) -> str:
    return "" if number is None else f"{number:,}"


def _short(message: str | None) -> str:
    told = message or "no message"
    return told if len(told) <= _SHOWN else told[:_SHOWN] + " …"
