"""A disk that is full while a release is written: published/ stays as it was, and the message says so."""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from folder_tree import tree
from gci.core.errors import TryAgain
from gci.core.paths import DataFolders
from gci.publish.release import publish
from small_candidate import sign_off, small_candidate

RUNNER = Path(__file__).parents[1] / "publishing_process.py"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own with 16 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16m", "gci-test", str(folder)], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"a small file system needs the right to mount one: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_disk_that_fills_up_at_any_point_leaves_published_as_it_was(small_disk: Path, tmp_path: Path) -> None:
    folders, elsewhere = DataFolders(small_disk), DataFolders(tmp_path / "elsewhere")
    first = small_candidate(elsewhere)
    publish(first, sign_off(first), elsewhere)
    shutil.copytree(elsewhere.published, folders.published)
    second = small_candidate(elsewhere, vintage=2, score=70)
    publish(second, sign_off(second), elsewhere)
    needed = size(elsewhere.release("2024", 2)) + elsewhere.current.stat().st_size
    before = tree(folders.published)
    free = shutil.disk_usage(small_disk).free
    for eighths in range(8):
        (small_disk / "ballast").write_bytes(b"x" * (free - needed * eighths // 8))
        with pytest.raises(TryAgain, match="Nothing was published"):
            publish(second, sign_off(second), folders)
        assert tree(folders.published) == before, f"with {eighths} eighths of the space that it takes"
    (small_disk / "ballast").unlink()
    assert publish(second, sign_off(second), folders).is_dir()


def size(folder: Path) -> int:
    """Bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("largest", [0, 2_000, 100_000])
def test_a_file_that_cannot_grow_leaves_published_as_it_was(largest: int, tmp_path: Path) -> None:
    folders = DataFolders(tmp_path)
    first = small_candidate(folders)
    publish(first, sign_off(first), folders)
    second = small_candidate(folders, vintage=2, score=70)
    before = tree(folders.published)

    def no_larger() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))

    done = subprocess.run(
        [sys.executable, str(RUNNER), str(second.folder), str(folders.root)],
        preexec_fn=no_larger,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("TryAgain: ")
    assert "Nothing was published" in done.stderr
    assert tree(folders.published) == before
    assert publish(second, sign_off(second), folders).is_dir()
