"""Data Docs: the pages of every check of a candidate's gates, and an index over them, beside the release."""

from __future__ import annotations

import html
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gci.core.records import GateReport
from gci.gates.gx_html import HEAD, what_is_held
from gci.gates.report import describe, failures_of, load_reports

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
    parts = [_gate(report, docs / report.gate) for report in ordered]
    title = f"Gates of {html.escape(what_is_held(docs.parent))}"
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f"{HEAD.format(style='style.css')}</head><body><main>\n<h1>{title} {_verdict(reports)}</h1>\n"
        f"<p>Of the candidate <code>{html.escape(docs.parent.name)}</code>. Every row that breaks a check is in "
        "<code>gates/failures.parquet</code> and <code>gates/&lt;gate&gt;.json</code>; pages show the first ones.</p>\n"
        f"{''.join(parts)}</main></body></html>\n"
    )


def _verdict(reports: list[GateReport]) -> str:
    failed = sum(not report.passed for report in reports)
    return f'<span class="failed">{failed} failed</span>' if failed else '<span class="passed">all passed</span>'


def _gate(report: GateReport, folder: Path) -> str:
    verdict = "passed" if report.passed else "failed"
    failed = [check for check in report.checks if not check.passed]
    lines = [f'<h2>{report.gate}: <span class="{verdict}">{verdict}</span></h2>']
    lines.append(f"<p>{len(report.checks)} checks, {len(failed)} failed, {len(report.failures)} failing rows.</p>")
    for check in failed:
        rows = "".join(f"<li>{html.escape(describe(one))}</li>" for one in failures_of(report, check)[:ROWS_SHOWN])
        more = f"<p>… {check.rows - ROWS_SHOWN} more.</p>" if check.rows > ROWS_SHOWN else ""
        lines.append(
            f"<h3>{html.escape(check.check)}</h3><p>{check.rows} rows. It should hold that "
            f"{html.escape(check.message)}.</p><ul>{rows}</ul>{more}"
        )
    broken = {check.table for check in failed}
    rules_broken = any("." not in check.check for check in failed)  # a rule is named by a file, without its table
    pages = sorted(page.stem for page in folder.glob("*.html"))
    red = [page for page in pages if page.partition("_part_")[0] in broken or (page == "rules" and rules_broken)]
    links = "".join(_link(report.gate, page, page in red) for page in [*red, *(one for one in pages if one not in red)])
    return "\n".join(["<section>", *lines, f'<ul class="pages">{links}</ul></section>', ""])


def _link(gate: str, page: str, red: bool) -> str:
    said = f'<span class="failed">{page}</span>' if red else page
    return f'<li><a href="{gate}/{page}.html">{said}</a></li>'
