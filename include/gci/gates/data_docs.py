"""Data Docs: Great Expectations' pages of every check, made fit to stand beside a release.

As GX writes them the pages load styles and scripts from five hosts, show their index by script alone, and carry random
ids. Here they get one stylesheet of their own and an index of ours, run no script, load nothing, and come out the same
for the same results.
"""

from __future__ import annotations

import html
import itertools
import os
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from gci.gates.report import describe, failures_of, load_reports
from gci.records import GateReport

if TYPE_CHECKING:
    from gci.gates.run import Held

STYLE = Path(__file__).with_name("data_docs.css")
ROWS_SHOWN = 20

_SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL | re.IGNORECASE)
_STYLE = re.compile(r"<style\b.*?</style>", re.DOTALL | re.IGNORECASE)
_FOREIGN = re.compile(r"<link\b[^>]*>|<img\b[^>]*\bsrc=\"https?:[^>]*>", re.DOTALL | re.IGNORECASE)
_FOOTER = re.compile(r"<footer>.*?</footer>", re.DOTALL)
_RANDOM = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_LOADED_AT = re.compile(r"(ge_load_time</span>.*?)\d{8}T\d{6}\.\d{6}Z", re.DOTALL)
_BLANK = re.compile(r"\n\s*\n+|\n[ \t]+")
# Nothing of what a page shows may run or load anything, whatever a return's texts say.
_HEAD = (
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self' 'unsafe-inline'\">"
    '<link rel="stylesheet" href="{style}">'
)


def write_site(held: Held, folder: Path) -> None:
    """Write the pages of one gate to folder/data_docs/<gate>/, and the index over all gates held so far.

    Args:
        held: the gate's report and what GX made of it; without the latter only the index says what happened.
        folder: the candidate's folder, with the reports of its gates in gates/.
    """
    docs = folder / "data_docs"
    docs.mkdir(parents=True, exist_ok=True)
    part = docs / f".{held.report.gate}.{os.getpid()}"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    try:
        if held.examiner is not None:
            _write_pages(held, part)
        target = docs / held.report.gate
        shutil.rmtree(target, ignore_errors=True)
        part.rename(target)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    shutil.copyfile(STYLE, docs / "style.css")
    (docs / "index.html").write_text(_index(load_reports(folder / "gates"), docs), encoding="utf-8")


def _write_pages(held: Held, folder: Path) -> None:
    assert held.examiner is not None
    context = held.examiner.context
    for name in list(context.get_site_names()):
        context.delete_data_docs_site(name)
    context.add_data_docs_site(
        held.report.gate,
        {
            "class_name": "SiteBuilder",
            "store_backend": {"class_name": "TupleFilesystemStoreBackend", "base_directory": str(folder)},
            "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
        },
    )
    context.build_data_docs()
    shutil.rmtree(folder / "static", ignore_errors=True)
    (folder / "index.html").unlink()
    for page in sorted(folder.rglob("*.html")):
        up = "../" * len(page.relative_to(folder).parts)
        alone = _in_utc(_alone(page.read_text(encoding="utf-8"), up), page.parent.name)
        page.write_text(alone, encoding="utf-8")


def _in_utc(page: str, ran_at: str) -> str:
    """A page with the time of the run, as its folder has it, in UTC: GX writes the local time and marks it as UTC."""
    try:
        moment = datetime.strptime(ran_at, "%Y%m%dT%H%M%S.%fZ").replace(tzinfo=UTC)
    except ValueError:  # the page of a suite, which is about no run
        return page
    shown = "%Y-%m-%dT%H:%M:%SZ"
    return page.replace(moment.astimezone().strftime(shown), moment.strftime(shown))


def _alone(page: str, up: str) -> str:
    """A page that needs nothing but the stylesheet `up` in the tree, without anything random in it."""
    for unwanted in (_SCRIPT, _STYLE, _FOREIGN, _FOOTER):
        page = unwanted.sub("", page)
    page = page.replace("<head>", "<head>" + _HEAD.format(style=f"{up}style.css"), 1)
    page = re.sub(r"href=\"(\.\./)*index\.html\"", f'href="{up}index.html"', page)
    numbers: dict[str, str] = {}
    count = itertools.count(1)
    page = _RANDOM.sub(lambda found: numbers.setdefault(found[0], str(next(count))), page)
    page = _LOADED_AT.sub(r"\1when the gate ran", page)
    return _BLANK.sub("\n", page)


def _index(reports: list[GateReport], docs: Path) -> str:
    parts = [_gate(report, docs / report.gate) for report in reports]
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>Gates</title>'
        f"{_HEAD.format(style='style.css')}</head><body><main>\n<h1>Gates</h1>\n"
        f"<p>Of the candidate <code>{html.escape(docs.parent.name)}</code>. Every row that breaks a check is in "
        "<code>gates/failures.parquet</code> and <code>gates/&lt;gate&gt;.json</code>; pages show the first ones.</p>\n"
        f"{''.join(parts)}</main></body></html>\n"
    )


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
    pages = [page.relative_to(folder) for page in sorted(folder.glob("validations/**/*.html"))]
    links = "".join(f'<li><a href="{report.gate}/{page.as_posix()}">{page.parts[1]}</a></li>' for page in pages)
    return "\n".join([*lines, f'<ul class="pages">{links}</ul>', ""])
