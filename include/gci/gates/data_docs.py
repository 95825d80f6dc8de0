"""Data Docs: the pages of every check of a candidate's gates, and an index over them, beside the release."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from markupsafe import Markup

from gci.core.records import GateReport
from gci.gates.gx_html import HEAD, what_is_held
from gci.gates.report import describe, failures_of, load_reports
from gci.texts import translator
from gci.texts.templates import environment

STYLE = Path(__file__).with_name("data_docs.css")
PALETTE = Path(__file__).with_name("palette.css")
"""Colours and letters, as Airflow has them."""
ROWS_SHOWN = 20


@contextmanager
def site(gate: str, folder: Path) -> Iterator[Path]:
    """The folder that takes the pages of one gate; afterwards they are in place, with the index over all gates so far.

    Args:
        gate: the gate.
        folder: the candidate's folder; the reports of its gates are in gates/ when the block ends.

    Yields:
        An empty folder, which then takes the place of folder/data_docs/<gate>/.
    """
    docs = folder / "data_docs"
    docs.mkdir(parents=True, exist_ok=True)
    part = docs / f".{gate}.{os.getpid()}"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    try:
        yield part
        target = docs / gate
        shutil.rmtree(target, ignore_errors=True)
        part.rename(target)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    (docs / "style.css").write_text(PALETTE.read_text("utf-8") + STYLE.read_text("utf-8"), encoding="utf-8")
    (docs / "index.html").write_text(_index(load_reports(folder / "gates"), docs), encoding="utf-8")


def _index(reports: list[GateReport], docs: Path) -> str:
    """The gates that failed first."""
    ordered = sorted(reports, key=lambda one: one.passed)
    made = environment("gci.gates", translator("en")).get_template("index.html.jinja")
    shown: str = made.render(
        title=f"Gates of {what_is_held(docs.parent)}",
        head=Markup(HEAD.format(style="style.css")),  # noqa: S704 - the page's own
        failed=sum(not report.passed for report in reports),
        candidate=docs.parent.name,
        gates=[_gate(report, docs / report.gate) for report in ordered],
        shown=ROWS_SHOWN,
    )
    return shown + "\n"


def _gate(report: GateReport, folder: Path) -> dict[str, Any]:
    """What the index says of a gate: its failed checks with their rows, and its pages, the failed ones first."""
    failed = [check for check in report.checks if not check.passed]
    broken = {check.table for check in failed}
    rules_broken = any("." not in check.check for check in failed)  # a rule is named by a file, without its table
    pages = sorted(page.stem for page in folder.glob("*.html"))
    red = [page for page in pages if page.partition("_part_")[0] in broken or (page == "rules" and rules_broken)]
    return {
        "report": report,
        "verdict": "passed" if report.passed else "failed",
        "failed": [{"check": one, "rows": [*map(describe, failures_of(report, one)[:ROWS_SHOWN])]} for one in failed],
        "red": red,
        "green": [page for page in pages if page not in red],
    }
