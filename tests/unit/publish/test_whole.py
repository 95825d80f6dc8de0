"""What analysts read is never replaced by a file with fewer editions, and shows nobody else's writes."""

from __future__ import annotations

import json
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from gci.build.candidate import plan
from gci.core.atomic_file import write_ahead_log
from gci.core.database.warehouse_file import reading
from gci.core.errors import Blocked, TryAgain
from gci.core.paths import DataFolders
from gci.publish.release import publish
from gci.storage.published import recover
from gci.storage.release_log import whole
from gci.storage.released import known
from small_candidate import sign_off, small_candidate


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> DataFolders:
    """2020 and 2024, and a correction of 2020. Read it."""
    folders = DataFolders(tmp_path_factory.mktemp("history") / "data")
    for edition, vintage in (("2020", 1), ("2024", 1), ("2020", 2)):
        candidate = small_candidate(folders, edition, vintage, score=60 + vintage)
        publish(candidate, sign_off(candidate), folders)
    return folders


@pytest.fixture
def three(history: DataFolders, tmp_path: Path) -> DataFolders:
    """The same in a folder of its own, to be changed."""
    shutil.copytree(history.root, tmp_path / "data")
    return DataFolders(tmp_path / "data")


def _away(edition: str, vintage: int | None = None) -> Callable[[DataFolders], None]:
    def move(folders: DataFolders) -> None:
        folder = folders.published / edition / (f"v{vintage}" if vintage else "")
        shutil.move(folder, folders.root / "elsewhere")

    return move


def _say(edition: str, vintage: int, **said: object) -> Callable[[DataFolders], None]:
    def edit(folders: DataFolders) -> None:
        file = folders.release(edition, vintage) / "release.json"
        document = json.loads(file.read_text()) | said
        file.unlink()
        file.write_text(json.dumps(document))

    return edit


def _swapped(folders: DataFolders) -> None:
    _say("2020", 1, sequence=2)(folders)
    _say("2024", 1, sequence=1)(folders)


def test_a_whole_history_is_given_in_order(three: DataFolders) -> None:
    assert [release.name for release in whole(three)] == ["2020@v1", "2024@v1", "2020@v2"]


@pytest.mark.parametrize(
    ("tamper", "named"),
    [
        (_away("2024"), "2020@v2"),
        (_away("2020", 1), "v1"),
        (_away("2020", 2), "2020@v2"),
        (_say("2024", 1, sequence=9), "number 3"),
        (_swapped, "2024"),
        (
            lambda folders: shutil.rmtree(folders.published / "2020") or shutil.rmtree(folders.published / "2024"),
            "2024",
        ),
    ],
    ids=["an edition", "a first vintage", "the newest", "a sequence", "two sequences", "all of them"],
)
def test_what_is_missing_or_out_of_place_stops_all(
    tamper: Callable[[DataFolders], None], named: str, three: DataFolders
) -> None:
    before = three.current.read_bytes()
    tamper(three)
    for call in (lambda: recover(three), lambda: plan("2024", three)):
        with pytest.raises(Blocked, match="backup") as refused:
            call()
        assert named in str(refused.value)
    assert three.current.read_bytes() == before


@pytest.mark.parametrize(
    ("gone", "said"),
    [
        ("2024", r"2020/v2 does not follow"),
        ("2020/v2", r"landing/released/000003\.json says that 2020@v2 was published"),
        ("", r"landing/released/000001\.json says that 2020@v1 was published"),
    ],
    ids=["an edition", "the newest", "all"],
)
def test_what_is_gone_with_the_file_that_held_it_is_known_to_landing(gone: str, said: str, three: DataFolders) -> None:
    three.current.unlink()
    shutil.move(three.published / gone, three.root / "elsewhere")
    for call in (lambda: recover(three), lambda: plan("2024", three)):
        with pytest.raises(Blocked, match=said) as refused:
            call()
        assert "back from a backup" in str(refused.value)
    assert not three.current.exists()


def test_landing_learns_of_releases_of_earlier_versions_of_the_program(three: DataFolders) -> None:
    shutil.rmtree(three.released)
    assert recover(three) is False
    assert [one.name for one in known(three)] == ["2020@v1", "2024@v1", "2020@v2"]


def test_where_landing_takes_no_note_the_run_stops_and_says_so(three: DataFolders) -> None:
    before = three.current.read_bytes()
    shutil.rmtree(three.released)
    three.released.write_text("in the way")
    with pytest.raises(TryAgain, match="landing/released cannot be written to"):
        recover(three)
    assert three.current.read_bytes() == before


def test_what_landing_knows_is_held_by_its_form(three: DataFolders) -> None:
    noted = three.released / "000002.json"
    for damage in ("", "{}", noted.read_text().replace('"sequence": 2', '"sequence": 3')):
        noted.write_text(damage)
        with pytest.raises(Blocked, match=r"000002\.json .*backup"):
            recover(three)


def test_a_log_beside_a_release_stops_all(three: DataFolders) -> None:
    write_ahead_log(three.release("2020", 1) / "gci.duckdb").write_bytes(b"somebody's writes")
    with pytest.raises(Blocked, match=r"gci\.duckdb\.wal lies beside"):
        recover(three)


def test_what_is_published_is_read_only(three: DataFolders) -> None:
    files = [path for path in three.published.rglob("*") if path.is_file() and path.name != ".lock"]
    assert len(files) > 60
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o444}


def test_a_log_of_somebodys_writes_is_put_aside_and_kept(three: DataFolders, caplog: pytest.LogCaptureFixture) -> None:
    log = write_ahead_log(three.current)
    for said, name in ((b"first", "gci.duckdb.wal.1"), (b"second", "gci.duckdb.wal.2")):
        log.write_bytes(said)
        with pytest.raises(Blocked, match="unfinished writes"):
            reading(three.current)
        assert recover(three) is True
        assert not log.exists()
        assert (three.published / name).read_bytes() == said
        assert name in caplog.text


WRITER = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"


def test_nothing_goes_out_while_somebody_has_the_file_open_to_write(three: DataFolders) -> None:
    three.current.chmod(0o644)
    candidate = small_candidate(three, "2024", 2, score=70)
    call = [sys.executable, "-c", WRITER, str(three.current)]
    with subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"open\n"
        with pytest.raises(TryAgain, match="open to write"):
            publish(candidate, sign_off(candidate), three)
        assert not three.release("2024", 2).exists()
        writer.communicate()
    assert publish(candidate, sign_off(candidate), three) == three.release("2024", 2)
