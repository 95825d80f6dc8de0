"""What dbt did in one build, model by model: time, rows, and the tests of each, from the files that dbt left."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_DONE = {"success", "pass", "no-op"}


@dataclass
class Node:
    """A model or seed of a build.

    Attributes:
        name: its name.
        kind: model or seed.
        layer: folder of its models (staging, intermediate, marts …).
        status: what dbt says.
        seconds: time that it took.
        rows: in its table; None for a view.
        tests: how many were run on it.
        test_seconds: time that they took.
        failed: names of tests that did not pass, and what each says.
    """

    name: str
    kind: str
    layer: str
    status: str
    seconds: float
    rows: int | None
    tests: int = 0
    test_seconds: float = 0.0
    failed: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether it was built and passed all its tests."""
        return self.status in _DONE and not self.failed


def report(built: Path) -> list[Node]:
    """The nodes of a build, slowest first.

    Args:
        built: the folder with what dbt left: run_results.json, manifest.json, report.json.
    """
    results = _json(built / "run_results.json")["results"]
    nodes = _json(built / "manifest.json")["nodes"]
    rows = {line["name"]: line["rows"] for line in _json(built / "report.json")}
    tests: dict[str, list[dict[str, Any]]] = defaultdict(list)
    found: dict[str, Node] = {}
    for result in results:
        node = nodes.get(result["unique_id"])
        if node is None:
            continue
        if node["resource_type"] == "test":
            tests[_tested(node)].append(result)
        else:
            found[result["unique_id"]] = _node(node, result, rows)
    for tested, run in tests.items():
        if tested in found:
            _add(found[tested], run)
    return sorted(found.values(), key=lambda node: (-node.seconds - node.test_seconds, node.name))


def _node(node: dict[str, Any], result: dict[str, Any], rows: dict[str, int | None]) -> Node:
    return Node(
        name=node["name"],
        kind=node["resource_type"],
        layer=node["fqn"][1] if len(node["fqn"]) > 2 else "",
        status=result["status"],
        seconds=result["execution_time"],
        rows=rows.get(node["name"]),
    )


def _tested(test: dict[str, Any]) -> str:
    """The node that a test is about: the one it is written beside, or the last that it needs."""
    needed = test["depends_on"]["nodes"]
    return str(test.get("attached_node") or (needed[-1] if needed else ""))


def _add(node: Node, run: list[dict[str, Any]]) -> None:
    node.tests = len(run)
    node.test_seconds = sum(result["execution_time"] for result in run)
    node.failed = [
        f"{result['unique_id'].split('.')[2]}: {result['message']}" for result in run if result["status"] not in _DONE
    ]


def _json(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))
