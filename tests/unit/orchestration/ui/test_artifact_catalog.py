"""Which files of a candidate the pages give out, and which they never do."""

from __future__ import annotations

from pathlib import Path

import pytest

from gci.orchestration.ui.artifact_catalog import Volume


@pytest.fixture
def volume(tmp_path: Path) -> Volume:
    """A candidate with documents, and a secret beside them."""
    folder = tmp_path / "candidates" / "2024-v1-abc"
    for name in ("data_docs/index.html", "data_docs/built/page.html", "dbt/docs/index.html", "dbt/report.json"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name, encoding="utf-8")
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    (folder / "data_docs" / "out").symlink_to(tmp_path / "secret")
    (folder / "data_docs_of_others").mkdir()
    (folder / "data_docs_of_others" / "page.html").write_text("others", encoding="utf-8")
    return Volume("candidates/2024-v1-abc", "2024, vintage 1", "waiting", folder, folder)


@pytest.mark.parametrize(
    ("kind", "name", "file"),
    [
        ("data_docs", "", "data_docs/index.html"),
        ("data_docs", "built/page.html", "data_docs/built/page.html"),
        ("data_docs", "built/../index.html", "data_docs/index.html"),
        ("dbt_docs", "index.html", "dbt/docs/index.html"),
    ],
)
def test_documents_are_given_out(volume: Volume, kind: str, name: str, file: str) -> None:
    found = volume.document(kind, name)
    assert found is not None
    assert found.read_text(encoding="utf-8") == file


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("data_docs", "../dbt/report.json"),
        ("data_docs", "../../../secret"),
        ("data_docs", "out"),
        ("data_docs", "../data_docs_of_others/page.html"),
        ("data_docs", "/etc/passwd"),
        ("data_docs", "built"),
        ("data_docs", "missing.html"),
        ("dbt_docs", "../report.json"),
        ("dbt", "report.json"),
        ("..", "secret"),
    ],
)
def test_nothing_else_is(volume: Volume, kind: str, name: str) -> None:
    assert volume.document(kind, name) is None
