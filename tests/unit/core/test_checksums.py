"""SHA256SUMS: read by us and by sha256sum."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from gci.core.checksums import read_sums, sums, write_sums


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "csv").mkdir()
    (tmp_path / "csv" / "a b.csv").write_text("x\n")
    (tmp_path / "release.json").write_text("{}\n")
    write_sums(tmp_path)
    return tmp_path


def test_what_is_written_is_read_back(folder: Path) -> None:
    assert read_sums(folder) == sums(folder)
    assert list(sums(folder)) == ["csv/a b.csv", "release.json"]


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="sha256sum is not on this machine")
def test_sha256sum_agrees(folder: Path) -> None:
    check = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
    assert subprocess.run(check, cwd=folder, check=False).returncode == 0
    (folder / "release.json").write_text("{ }\n")
    assert subprocess.run(check, cwd=folder, check=False, capture_output=True).returncode == 1


@pytest.mark.parametrize("line", ["nothing", "abc  csv/x.csv", "0" * 64 + " x"])
def test_a_line_of_another_form_is_named(line: str, folder: Path) -> None:
    (folder / "SHA256SUMS").write_text(line + "\n")
    with pytest.raises(ValueError, match=line):
        read_sums(folder)
