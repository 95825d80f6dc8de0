"""A partner that a test describes itself: its description, a file of it, and what collection says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from gci.collect.check import Checked
from gci.collect.check_file import check_file
from gci.reference.validation_context import validation_context

RECEIVED = datetime(2026, 3, 9, 6, 0, tzinfo=UTC)
SHARED: dict[str, Any] = {
    "title": "A list",
    "owner": "an invented office",
    "licence": "none needed",
    "page": "https://example.org/list",
    "cadence_days": 365,
    "stale_days": 500,
    "units": {"PERCENT": [0, 100], "YES_NO": [0, 1]},
}


def check(folder: Path, description: dict[str, Any], content: bytes | str, name: str = "list.csv") -> Checked:
    """What is said of a file of the source `listed`, described beside it in `folder`."""
    described = folder / "described"
    described.mkdir(exist_ok=True)
    entry = SHARED | {"source": "listed", "format": "csv"} | description
    (described / "listed.yml").write_text(yaml.safe_dump(entry, allow_unicode=True), "utf-8")
    path = folder / "listed" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return check_file(
        path, "partners", received_at=RECEIVED, book=replace(validation_context(), described_in=(described,))
    )


def codes(checked: Checked) -> list[str]:
    """The codes of what was said."""
    return [problem.code for problem in checked.receipt.problems]


def values(checked: Checked) -> list[tuple[Any, ...]]:
    """Series, state or area, period and value of what lands."""
    assert checked.table is not None, checked.receipt.problems
    rows = checked.table.to_pylist()
    return [(row["series"], row["iso3"] or row["area"], row["period"], row["value"]) for row in rows]
