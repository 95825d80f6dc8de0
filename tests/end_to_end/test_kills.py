"""A publishing process that is killed: published/ is as it was or complete, and the next one goes through."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from folder_tree import tree
from gci.core.checksums import read_sums, sums
from gci.core.paths import DataFolders
from gci.core.records import Candidate
from gci.publish.release import publish
from gci.storage.published import recover
from gci.storage.release_log import releases
from small_candidate import sign_off, small_candidate

RUNNER = Path(__file__).parents[1] / "publishing_process.py"
MOMENTS = 4
"""How many moments all over a publication; in `make test-slow` six times as many."""
NEWS = ("latest.json", "feed.xml", "feeds", "errata.html", "latest")
"""What tells readers of releases: it follows once they are out, and the next run makes it good."""


def publishing(candidate: Candidate, folders: DataFolders, kill_at: int) -> subprocess.CompletedProcess[str]:
    """The end of a process that publishes and kills itself at its `kill_at`-th touch of published/."""
    command = [sys.executable, str(RUNNER), str(candidate.folder), str(folders.root), str(kill_at)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@dataclass(frozen=True)
class Before:
    """A folder with vintage 1, the candidate of vintage 2, and how its publication touches published/.

    Attributes:
        published: the folder.
        candidate: the candidate.
        touches: how often published/ is touched.
        swap: the last touch before readers have the new file; a kill at it leaves the release there and the old file.
    """

    published: DataFolders
    candidate: Candidate
    touches: int
    swap: int

    def moments(self, number: int) -> list[int]:
        """So many moments all over the publication, every one around the renames, and the last one."""
        spread = range(1, self.touches, max(1, self.touches // number))
        return sorted({*spread, *range(self.swap - 3, self.swap + 3), self.touches})


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Before:
    folders = DataFolders(tmp_path_factory.mktemp("before"))
    first = small_candidate(folders)
    publish(first, sign_off(first), folders)
    second = small_candidate(folders, vintage=2, score=70)
    there = DataFolders(tmp_path_factory.mktemp("counted"))
    shutil.copytree(folders.published, there.published)
    touches, swap = map(int, publishing(second, there, 0).stdout.split())
    return Before(folders, second, touches, swap)


def visible(folders: DataFolders) -> dict[str, bytes | None]:
    """What anyone sees of published/ but for the news of it: nothing that is hidden."""
    return {
        name: data
        for name, data in tree(folders.published).items()
        if not any(part.startswith(".") for part in name.split("/")) and name.split("/")[0] not in NEWS
    }


@pytest.mark.parametrize("number", [MOMENTS, pytest.param(6 * MOMENTS, marks=pytest.mark.slow)])
def test_killed_at_any_moment_it_leaves_what_was_there_or_all_of_the_new(
    number: int, before: Before, tmp_path: Path
) -> None:
    published, candidate, touches = before.published, before.candidate, before.touches
    old = visible(published)
    outcomes = set()
    for moment in before.moments(number):
        folders = DataFolders(tmp_path / str(moment))
        shutil.copytree(published.published, folders.published)
        done = publishing(candidate, folders, moment)
        assert done.returncode == -9, f"not killed at {moment} of {touches}: {done.stderr}"
        now = visible(folders)
        assert {name: now[name] for name in old if name != "gci.duckdb"} == {
            name: data for name, data in old.items() if name != "gci.duckdb"
        }, f"killed at {moment}: what was published has changed"
        there = releases(folders)
        for release in there:
            assert read_sums(release.folder) == sums(release.folder), f"killed at {moment}: {release.name} is not whole"
        with duckdb.connect(str(folders.current), read_only=True) as connection:
            seen = connection.execute("select max(vintage) from releases").fetchone()
        outcomes.add((len(there), seen))
        assert seen in {(1,), (len(there),)}
        assert publish(candidate, sign_off(candidate), folders) == folders.release("2024", 2)
        assert folders.current.read_bytes() == (folders.release("2024", 2) / "gci.duckdb").read_bytes()
        assert [path.name for path in folders.published.rglob(".*")] == [".lock"], f"killed at {moment}: left-overs"
        shutil.rmtree(folders.root)
    assert {(1, (1,)), (2, (1,))} <= outcomes, f"the moments missed the window between the two renames: {outcomes}"


def test_a_kill_between_the_renames_is_made_good_by_recovery_alone(before: Before, tmp_path: Path) -> None:
    folders = DataFolders(tmp_path)
    shutil.copytree(before.published.published, folders.published)
    publishing(before.candidate, folders, before.swap)
    assert len(releases(folders)) == 2
    assert folders.current.read_bytes() == before.published.current.read_bytes()
    assert recover(folders) is True
    assert folders.current.read_bytes() == (folders.release("2024", 2) / "gci.duckdb").read_bytes()


def test_killed_from_outside_at_a_time_of_its_own_choosing(before: Before, tmp_path: Path) -> None:
    published, candidate = before.published, before.candidate
    for hidden in (".v2.*", ".v2.*/csv", ".v2.*/gci.duckdb", ".v2.*/gci_2024_v2.xlsx"):
        folders = DataFolders(tmp_path / hidden.replace("*", "").replace("/", ""))
        shutil.copytree(published.published, folders.published)
        process = subprocess.Popen([sys.executable, str(RUNNER), str(candidate.folder), str(folders.root)])
        while process.poll() is None and not any((folders.published / "2024").glob(hidden)):
            pass
        process.kill()
        process.wait()
        assert visible(folders) == visible(published) or len(releases(folders)) == 2
        assert publish(candidate, sign_off(candidate), folders).is_dir()
