"""The pages beside a release: they show what failed, load nothing, run nothing, and come out the same again."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from gci.core.records import Candidate
from gci.gates.data_docs import PALETTE
from gci.gates.data_docs import site as new_site
from gci.gates.inputs import Inputs
from gci.gates.report import write_report
from gci.gates.run import run_gates

SCRIPT = '<script>alert("x")</script><img src="https://example.org/x" onerror="alert(1)">'


def hold_and_write(gate: str, file: Path, candidate: Candidate, suites: Path, seeds: Path) -> None:
    """Hold a file against a gate, and write report and pages into the candidate's folder."""
    with new_site(gate, candidate.folder) as pages:
        (report,) = run_gates([gate], file, None, Inputs(candidate.folder / "landing"), suites, seeds, pages)
        write_report(report, candidate)


@pytest.fixture
def site(database: Path, suites: Any, seeds: Path, change: Any, tmp_path: Path, monkeypatch: Any) -> Any:
    change(
        f"update scores set score = 120 where iso3 = 'AFG'; update scores set status = '{SCRIPT}' where iso3 = 'NAM'"
    )
    change("insert into scores select 'S' || i, 50, 1, 'responded' from range(40) as numbers (i)")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767600000")

    def write(name: str) -> dict[str, str]:
        candidate = Candidate("2024", 1, tmp_path / name / "2024-v1", "1" * 64)
        for gate in ("built", "release"):
            hold_and_write(gate, database, candidate, suites.folder, seeds)
        docs = candidate.folder / "data_docs"
        return {
            path.relative_to(docs).as_posix(): path.read_text() for path in sorted(docs.rglob("*")) if path.is_file()
        }

    return write


def test_the_index_names_gates_checks_and_first_rows(site: Any) -> None:
    index = site("first")["index.html"]
    assert 'built: <span class="failed">failed</span>' in index
    assert "scores.score.between" in index
    assert "found 120.0, expected between 0 and 100" in index
    assert "no_score_is_50" in index
    assert "… 20 more" in index
    assert "gates/failures.parquet" in index


def test_there_is_a_page_for_every_table_and_for_the_rules(site: Any) -> None:
    pages = site("first")
    assert {path for path in pages if path.endswith(".html")} == {
        "index.html",
        "built/scores.html",
        "release/rules.html",
    }
    links = re.findall(r'href="((?:built|release)/[^"]+)"', pages["index.html"])
    assert links
    assert set(links) <= set(pages)
    rules = pages["release/rules.html"]
    assert "no_score_is_50" in rules
    assert "none is 50" in rules
    assert "iso3=S1: found 50.0" in rules


def test_pages_load_nothing_and_run_nothing(site: Any) -> None:
    for path, text in site("first").items():
        assert not re.search(r"""(?:src|href)\s*=\s*["']?(?:https?:)?//""", text), path
        assert "<script" not in text, path
        assert "onerror=" not in re.sub(r"&lt;img.*?&gt;", "", text), path
        assert path.endswith(".css") or "default-src 'none'" in text, path


def test_links_within_the_site_lead_somewhere(site: Any) -> None:
    pages = site("first")
    for path, text in pages.items():
        for link in re.findall(r'href="([^"#?]+)"', text):
            target = Path(path).parent.joinpath(link).as_posix()
            parts: list[str] = []
            for part in target.split("/"):
                parts = parts[:-1] if part == ".." else [*parts, part]
            assert "/".join(parts) in pages, (path, link)


def test_the_same_results_give_the_same_pages(site: Any) -> None:
    assert site("first") == site("second")


def test_a_gate_that_could_not_be_run_is_in_the_index(tmp_path: Path, suites: Any, seeds: Path) -> None:
    candidate = Candidate("2024", 1, tmp_path / "folder", "1" * 64)
    hold_and_write("built", tmp_path / "nothing.duckdb", candidate, suites.folder, seeds)
    index = (candidate.folder / "data_docs" / "index.html").read_text()
    assert "file_can_be_opened" in index
    assert "nothing.duckdb" in index


def test_pages_name_their_edition_and_filter_by_what_failed_without_a_script(site: Any) -> None:
    pages = site("first")
    assert "<title>Gates of 2024, vintage 1</title>" in pages["index.html"]
    for name, page in pages.items():
        if "/" in name:
            gate, table = name.removesuffix(".html").split("/")
            assert f"<title>2024, vintage 1 · {gate} · {table}</title>" in page
            assert "Data asset" not in page
            assert not re.search(r"\son[a-z]+=", page.replace(escaped(SCRIPT), ""))
    assert "#option2:checked" in pages["style.css"]
    index = pages["index.html"]
    listed = re.findall(r'href="built/(\w+)\.html">(<span class="failed">)?', index)
    marks = [bool(mark) for _, mark in listed]
    assert marks == sorted(marks, reverse=True)
    assert any(marks)


def test_what_failed_stands_first_and_in_the_colours_of_the_server(site: Any) -> None:
    pages = site("first")
    index = pages["index.html"]
    assert index.index("built:") < index.index("release:")
    assert index.index("scores.score.between") < index.index('class="pages"')
    assert 'class="failed">2 failed' in index or 'class="failed">1 failed' in index
    assert PALETTE.read_text(encoding="utf-8") in pages["style.css"]
    assert "light-dark(" in pages["style.css"]


def escaped(text: str) -> str:
    """A text as Great Expectations writes it into a page."""
    import html

    return html.escape(text)
