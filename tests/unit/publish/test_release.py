"""Publication from a candidate to the release and the file that analysts read."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import openpyxl
import pyarrow.parquet as pq
import pytest

from folder_tree import tree
from gci.core.checksums import read_sums, sums
from gci.core.errors import Blocked, TryAgain
from gci.core.paths import DataFolders
from gci.publish.release import publish
from gci.storage.published import recover
from gci.storage.release_log import latest
from small_candidate import digest, sign_off, small_candidate


def publish_small(folders: DataFolders, edition: str = "2024", vintage: int = 1, score: float = 61.25) -> Path:
    candidate = small_candidate(folders, edition, vintage, score)
    return publish(candidate, sign_off(candidate), folders)


def asked(database: Path, question: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(question).fetchall()


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> DataFolders:
    """2020 and then 2024 are published; tests on it only read."""
    folders = DataFolders(tmp_path_factory.mktemp("two"))
    publish_small(folders, "2020", score=12.5)
    publish_small(folders, "2024")
    return folders


def test_a_release_holds_what_the_design_names(two: DataFolders) -> None:
    release = two.release("2024", 1)
    tables = sorted(str(name) for (name,) in asked(two.current, "select table_name from duckdb_tables()"))
    papers = ["release.json", "manifest.json", "changes.json", "notes.md", "gates", "data_docs", "SHA256SUMS"]
    data = ["gci.duckdb", "csv", "parquet", "gci_2024_v1.xlsx"]
    described = ["datapackage.json", "croissant.json", "dcat.jsonld", "CITATION.cff", "codebook.html"]
    assert sorted(path.name for path in release.iterdir()) == sorted(papers + data + described)
    assert sorted(path.stem for path in (release / "csv").iterdir()) == tables
    assert sorted(path.stem for path in (release / "parquet").iterdir()) == tables


def test_gci_duckdb_is_the_newest_release_with_the_latest_of_every_edition(two: DataFolders) -> None:
    assert two.current.read_bytes() == (two.release("2024", 1) / "gci.duckdb").read_bytes()
    scores = "select edition, iso3, score from overall_scores where iso3 = 'NAM' order by 1"
    assert asked(two.current, scores) == [("2020", "NAM", 12.5), ("2024", "NAM", 61.25)]
    assert asked(two.current, "select edition, vintage from releases order by 1") == [("2020", 1), ("2024", 1)]


def test_the_files_of_a_release_hold_its_edition_alone(two: DataFolders) -> None:
    for edition in ("2020", "2024"):
        folder = two.release(edition, 1)
        rows = pq.read_table(folder / "parquet" / "answers.parquet")["edition"].to_pylist()
        assert set(rows) == {edition}
        lines = (folder / "csv" / "overall_scores.csv").read_text(encoding="utf-8").splitlines()[1:]
        assert [line.split(",")[0] for line in lines] == [edition, edition]
        assert len((folder / "csv" / "member_states.csv").read_text(encoding="utf-8").splitlines()) == 3


def test_the_papers_say_who_signed_what_and_from_which_inputs(two: DataFolders) -> None:
    release = latest("2024", two)
    assert release is not None
    papers = release.document
    assert (papers["edition"], papers["vintage"], papers["sequence"]) == ("2024", 1, 2)
    assert papers["sign_off"]["name"] == "A. Signer"
    assert papers["manifest"]["inputs"] == [{"edition": "2024", "kind": "survey", "digest": "a" * 64}]
    assert [gate["gate"] for gate in papers["gates"]] == ["landed", "built", "pages", "release"]
    assert papers["known_errors"] == ["c-2024"]
    assert papers["software"]["duckdb"] == duckdb.__version__
    row = asked(
        two.current,
        "select signed_by, signed_at::varchar, candidate_digest, content_digest, returns, reviews, checks, known_errors"
        " from releases where edition = '2024'",
    )
    signed = papers["candidate_digest"], papers["content_digest"]
    assert row == [("A. Signer", "2026-01-02 03:04:05", *signed, 1, 0, 4, 1)]
    assert len(asked(two.current, "select * from gate_results where edition = '2024' and passed")) == 4


def test_every_file_is_in_the_sums_and_in_release_json(two: DataFolders) -> None:
    folder = two.release("2024", 1)
    assert read_sums(folder) == sums(folder)
    listed = json.loads((folder / "release.json").read_text())["files"]
    assert listed.keys() == sums(folder).keys() - {"release.json"}
    for name, entry in listed.items():
        assert entry == {"sha256": digest(folder / name), "size": (folder / name).stat().st_size}


def test_the_content_digest_can_be_had_from_the_shell(two: DataFolders) -> None:
    folder = two.release("2024", 1)
    files = [path for path in sorted((folder / "csv").iterdir()) if path.stem not in ("releases", "gate_results")]
    text = "".join(f"{digest(path)}  {path.name}\n" for path in files)
    assert (
        json.loads((folder / "release.json").read_text())["content_digest"] == hashlib.sha256(text.encode()).hexdigest()
    )


def test_the_content_digest_depends_on_content_alone(two: DataFolders, tmp_path: Path) -> None:
    digests = [json.loads((two.release("2024", 1) / "release.json").read_text())["content_digest"]]
    for name, score in (("same", 61.25), ("other", 61.5)):
        folders = DataFolders(tmp_path / name)
        candidate = small_candidate(folders, score=score)
        assert publishing(candidate.folder, folders, {"SOURCE_DATE_EPOCH": "1"}).wait() == 0
        digests.append(json.loads((folders.release("2024", 1) / "release.json").read_text())["content_digest"])
    assert digests[0] == digests[1] != digests[2]


def publishing(folder: Path, folders: DataFolders, around: dict[str, str]) -> subprocess.Popen[bytes]:
    """A process of its own that publishes the candidate in `folder`."""
    runner = Path(__file__).parents[2] / "publishing_process.py"
    return subprocess.Popen([sys.executable, str(runner), str(folder), str(folders.root)], env=os.environ | around)


def code_version(published: dict[str, bytes | None]) -> object:
    """The code that made a release, as its papers have it."""
    return json.loads(published["2024/v1/release.json"] or b"")["code_version"]


AT = {"SOURCE_DATE_EPOCH": "1767225600"}


@pytest.fixture(scope="module")
def built_and_published(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes | None]]:
    """A candidate's folder, and what lies in published/ when it is published at the moment AT."""
    folders = DataFolders(tmp_path_factory.mktemp("here"))
    built = small_candidate(folders)
    assert publishing(built.folder, folders, AT).wait() == 0
    return built.folder, tree(folders.published)


@pytest.mark.parametrize(
    "around", [{"TZ": "Asia/Tokyo"}, {"LC_ALL": "C"}, {"PYTHONHASHSEED": "99"}], ids=lambda one: next(iter(one))
)
def test_the_same_candidate_gives_the_same_bytes(
    around: dict[str, str], built_and_published: tuple[Path, dict[str, bytes | None]], tmp_path: Path
) -> None:
    built, here = built_and_published
    folders = DataFolders(tmp_path)
    assert publishing(built, folders, AT | around).wait() == 0
    there = tree(folders.published)
    assert code_version(there) == code_version(here), "the code was edited while the test ran"
    assert there.keys() == here.keys()
    assert [name for name in there if there[name] != here[name]] == []


def test_the_next_vintage_leaves_the_first_as_it_is(tmp_path: Path) -> None:
    folders = DataFolders(tmp_path)
    first = publish_small(folders)
    before = tree(first)
    second = publish_small(folders, vintage=2, score=62)
    assert second == folders.release("2024", 2)
    assert tree(first) == before
    assert asked(folders.current, "select distinct vintage from editions") == [(2,)]
    assert asked(folders.current, "select vintage from releases order by 1") == [(1,), (2,)]
    assert asked(first / "gci.duckdb", "select vintage from releases order by 1") == [(1,)]


def test_the_same_candidate_twice_is_one_release(tmp_path: Path) -> None:
    folders = DataFolders(tmp_path)
    candidate = small_candidate(folders)
    first = publish(candidate, sign_off(candidate), folders)
    before = tree(folders.published)
    assert publish(candidate, sign_off(candidate), folders) == first
    assert tree(folders.published) == before


def test_of_two_publishers_at_once_one_wins_and_the_other_is_told(tmp_path: Path) -> None:
    folders = DataFolders(tmp_path)
    candidates = [small_candidate(folders, score=score) for score in (40, 50)]
    runs = [publishing(candidate.folder, folders, {}) for candidate in candidates]
    assert sorted(run.wait() for run in runs) == [0, 1]
    winner = [run.returncode for run in runs].index(0)
    held = asked(folders.current, "select score from overall_scores where iso3 = 'NAM'")
    assert held == [((40.0, 50.0)[winner],)]
    assert [path.name for path in (folders.published / "2024").iterdir()] == ["v1"]


def test_who_finds_the_lock_taken_is_told_to_wait(tmp_path: Path) -> None:
    folders = DataFolders(tmp_path)
    candidate = small_candidate(folders)
    folders.published.mkdir()
    hold = "import fcntl, sys; f = open(sys.argv[1], 'w'); fcntl.flock(f, fcntl.LOCK_EX); "
    hold += "print('held', flush=True); input()"
    holder = subprocess.Popen(
        [sys.executable, "-c", hold, str(folders.published / ".lock")], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    with pytest.raises(TryAgain, match="under way"):
        publish(candidate, sign_off(candidate), folders)
    assert tree(folders.published) == {}
    holder.kill()
    holder.wait()
    assert publish(candidate, sign_off(candidate), folders).is_dir()


def test_what_a_kill_left_behind_is_cleaned_away(tmp_path: Path) -> None:
    folders = DataFolders(tmp_path)
    publish_small(folders)
    (folders.published / "2024" / ".v2.4711" / "csv").mkdir(parents=True)
    (folders.published / ".gci.duckdb.4711").write_bytes(b"half a file")
    publish_small(folders, vintage=2)
    assert sorted(path.name for path in folders.published.rglob(".*")) == [".lock"]


@pytest.mark.parametrize("current", ["older", "absent", "torn", "written to"])
def test_a_publication_killed_before_the_swap_is_completed(current: str, tmp_path: Path) -> None:
    folders = DataFolders(tmp_path)
    publish_small(folders)
    shutil.copyfile(folders.current, tmp_path / "older")
    publish_small(folders, vintage=2, score=70)
    whole = folders.current.read_bytes()
    if current == "older":
        (tmp_path / "older").replace(folders.current)
    elif current == "absent":
        folders.current.unlink()
    elif current == "torn":
        folders.current.chmod(0o644)
        folders.current.write_bytes(whole[:1000])
    else:
        folders.current.with_name("gci.duckdb.wal").write_bytes(b"somebody's writes")
    assert recover(folders) is True
    assert folders.current.read_bytes() == whole
    assert not folders.current.with_name("gci.duckdb.wal").exists()
    assert recover(folders) is False


def test_recovery_has_nothing_to_do_in_an_empty_folder(tmp_path: Path) -> None:
    assert recover(DataFolders(tmp_path)) is False
    assert list(tmp_path.iterdir()) == []


def test_a_release_that_was_changed_is_not_spread(tmp_path: Path) -> None:
    folders = DataFolders(tmp_path)
    release = publish_small(folders)
    before = folders.current.read_bytes()
    for file in (folders.current, release / "gci.duckdb"):
        file.chmod(0o644)
    folders.current.write_bytes(before[:-1])
    with (release / "gci.duckdb").open("ab") as longer:
        longer.write(b"x")
    with pytest.raises(Blocked, match="backup"):
        recover(folders)
    assert folders.current.read_bytes() == before[:-1]


def test_a_refusal_leaves_everything_as_it_was(tmp_path: Path) -> None:
    folders = DataFolders(tmp_path)
    publish_small(folders, "2020")
    before = tree(folders.published)
    candidate = small_candidate(folders)
    (candidate.folder / "gates" / "release.json").unlink()
    with pytest.raises(Blocked):
        publish(candidate, sign_off(candidate), folders)
    assert tree(folders.published) == before


def test_the_workbook_tells_its_release(two: DataFolders) -> None:
    book = openpyxl.load_workbook(two.release("2024", 1) / "gci_2024_v1.xlsx", read_only=True)
    notes = {row[0].value: row[1].value for row in book["Notes"].iter_rows(max_row=12)}
    assert notes["Title"] == "Global Cybersecurity Index 2024, vintage 1"
    assert notes["Signed off by"] == "A. Signer"
    assert {"Source", "Licence", "To cite"} <= notes.keys()
