"""Ids of DAGs, tasks and pools stand once: nothing else of the program spells one that is no common word."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from gci.core import gates, ids
from gci.core.paths import DAGS, INCLUDE

_HOME = INCLUDE / "gci" / "core" / "ids.py"
SPELT = {value for name, value in vars(ids).items() if name.isupper() and isinstance(value, str)} - set(gates.GATES)
WORDS = {ids.INBOX, ids.PLAN, ids.CHOOSE, ids.REQUEST, ids.APPROVED, ids.REJECTED, ids.PUBLISH, ids.DUE, ids.MET}
WORDS |= {ids.CHANNELS, ids.TELL, ids.WRITE_DECISION, ids.DECIDE, ids.RELEASE_DUE, ids.SIGN_OFF, ids.SURVEY_STATUS}
"""Ids that are also words, columns or keys of documents: a text of this form may be something else."""


def literals(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_an_id_stands_once() -> None:
    assert len(SPELT) > 30
    programs = [path for path in (*INCLUDE.glob("gci/**/*.py"), *DAGS.glob("*.py")) if path != _HOME]
    again = {(path.name, text) for path in programs for text in literals(path) if text in SPELT - WORDS}
    assert again == set()


def test_every_gate_has_its_task() -> None:
    assert list(ids.TASK_OF) == list(gates.GATES)
    assert gates.GATES[: gates.GATES.index(gates.RELEASE)] == gates.BEFORE_SIGN_OFF
