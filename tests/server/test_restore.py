"""Restore from nothing, as docs/operations.md says: from the landing zone and the releases, or from one of them."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import duckdb
import pytest

from command_line import gci
from gci.core.paths import DataFolders

pytestmark = pytest.mark.slow


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def test_landing_and_published_bring_all_back(published_data: DataFolders, tmp_path: Path) -> None:
    shutil.copytree(published_data.landing, tmp_path / "landing")
    shutil.copytree(published_data.published, tmp_path / "published")
    (tmp_path / "published/gci.duckdb").unlink()
    done = gci(tmp_path, "run", "--edition", "2020", "--edition", "2024", "--json")
    assert [edition["outcome"] for edition in done.document["editions"]] == ["nothing_new", "nothing_new"]
    assert _digest(tmp_path / "published/gci.duckdb") == _digest(published_data.current)
    assert gci(tmp_path, "verify", "2024").code == 0


def test_landing_alone_gives_the_same_numbers(published_data: DataFolders, tmp_path: Path) -> None:
    shutil.copytree(published_data.landing, tmp_path / "landing")
    refused = gci(tmp_path, "run", "--edition", "2020")
    assert refused.code == 1
    assert "move " in refused.err
    shutil.rmtree(tmp_path / "landing" / "released")
    done = gci(tmp_path, "run", "--edition", "2020", "--edition", "2024", "--sign-off", "A. Signer", "--json")
    assert [edition["outcome"] for edition in done.document["editions"]] == ["published", "published"]
    with duckdb.connect() as connection:
        connection.execute(f"attach '{published_data.current}' as before (read_only)")
        connection.execute(f"attach '{tmp_path / 'published/gci.duckdb'}' as now (read_only)")
        for table in (
            "answers",
            "indicator_scores",
            "pillar_scores",
            "overall_scores",
            "score_changes",
            "reconciliation",
        ):
            differ = (
                f"from before.{table} except from now.{table} union all (from now.{table} except from before.{table})"
            )
            assert connection.execute(f"select count(*) from ({differ})").fetchone() == (0,), table


def test_published_alone_is_all_that_analysts_need(published_data: DataFolders, tmp_path: Path) -> None:
    shutil.copytree(published_data.published, tmp_path / "published")
    listed = gci(tmp_path, "editions")
    assert listed.code == 0
    assert "2020" in listed.out
    assert "2024" in listed.out
    assert gci(tmp_path, "gate", "published/gci.duckdb").code == 0
