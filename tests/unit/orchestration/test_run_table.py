"""What `gci run` ends with when many files were refused."""

from __future__ import annotations

import io
from typing import Any

from rich.console import Console

from gci.orchestration.runs.result import EditionResult, GateSummary, RunResult
from gci.orchestration.runs.table import print_result

PROBLEM = {"severity": "error", "sheet": None, "row": 3, "column": None, "item": None, "code": "x"}


def shown(refused: list[dict[str, Any]]) -> str:
    gates = (
        GateSummary("landed", True, 95, 0),
        GateSummary("built", True, 675, 0),
        GateSummary("release", True, 60, 0),
    )
    edition = EditionResult("2026", "published", "", 1, "/data/2026/v1", "/data/2026/v1/gci.duckdb", gates)
    screen = io.StringIO()
    print_result(RunResult((edition,), tuple(refused)), Console(file=screen, width=200))
    return screen.getvalue()


def test_the_result_is_not_buried_and_the_operator_reads_english() -> None:
    said = {"message": "La réponse est fausse.", "english": "The answer is wrong."}
    refused = [
        {"file": f"{number}.csv", "quarantine": f"/q/{number}", "problems": [PROBLEM | said] * 20, "edition": "2026"}
        for number in range(42)
    ]
    lines = shown(refused)
    assert len(lines.splitlines()) < 60
    assert lines.index("2026 v1") < lines.index("refused 42 files")
    assert "The answer is wrong." in lines
    assert "La réponse" not in lines
    assert "and 19 more errors" in lines
    assert "32 more" in lines


def test_what_the_number_of_checks_is_made_of_stands_where_it_is_shown() -> None:
    assert "830 = 95 landed + 675 built + 60 release" in shown([])
