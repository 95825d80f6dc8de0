"""Data folders for tests that need more than the first vintages."""

from __future__ import annotations

import csv
import io
import shutil
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from gci.audit.stage import write_audit
from gci.build.candidate import build, plan
from gci.core.paths import DataFolders
from gci.publish.release import publish
from made_once import made_once
from published import collect
from small_candidate import sign_off, write_gates

REVIEW = """edition,iso3,item,verdict,answer,reason,reviewer,reviewed_on
2024,NAM,ls1,changed,0.25,the act is a draft,Reviewer One,2026-02-01
2024,FIN,ls1,accepted,,,Reviewer One,2026-02-01
"""
LATER = datetime(2026, 2, 2, 9, tzinfo=UTC)


def copy(folders: DataFolders, root: Path) -> DataFolders:
    """A copy of a data folder at `root`, but for the candidates, which can be built again. It may be written to."""
    shutil.copytree(folders.root, root, ignore=shutil.ignore_patterns("candidates"), dirs_exist_ok=True)
    for published in (root / "published").rglob("*"):
        if published.is_file():
            published.chmod(0o644)
    return DataFolders(root)


@pytest.fixture
def copied(published_data: DataFolders, tmp_path: Path) -> DataFolders:
    """The published data in a folder of its own, to be changed."""
    return copy(published_data, tmp_path / "data")


@pytest.fixture(scope="session")
def corrected(published_data: DataFolders) -> DataFolders:
    """The published data, and a second vintage of 2024 with a newer return of Estonia and a review. Read it.

    Its gates are taken as passed: they refuse another score for an edition that is in print, as long as the register of
    known errors does not explain it.
    """
    return made_once("corrected", partial(_corrected, published_data))


def _corrected(published_data: DataFolders, folder: Path) -> DataFolders:
    folders = copy(published_data, folder)
    newer = folders.inbox / "survey" / "2024" / "EST_newer.csv"
    newer.parent.mkdir(parents=True, exist_ok=True)
    newer.write_text(newer_return(published_data), encoding="utf-8")
    (folders.inbox / "reviews" / "2024").mkdir(parents=True)
    (folders.inbox / "reviews" / "2024" / "first_round.csv").write_text(REVIEW, encoding="utf-8")
    collect(folders, LATER)
    candidate = plan("2024", folders)
    assert candidate is not None
    build(candidate, folders)
    write_audit(candidate)
    write_gates(candidate)
    publish(candidate, sign_off(candidate, "B. Signer"), folders)
    return folders


def newer_return(published_data: DataFolders) -> str:
    """Estonia's return of 2024 with one answer changed and one left out."""
    (sent,) = [file for file in (published_data.landing / "files").glob("*.csv") if b"2024,EST," in file.read_bytes()]
    rows = list(csv.DictReader(io.StringIO(sent.read_text(encoding="utf-8-sig"))))
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0].keys())
    writer.writeheader()
    for row in rows:
        if row["item"] == "ls1":
            row |= {"answer": "0.5", "comment": "we erred", "evidence_url": "https://example.org/act"}
        if row["item"] != "cs5":
            writer.writerow(row)
    return text.getvalue()
