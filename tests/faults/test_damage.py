"""A file of the warehouse's own is damaged: it is named with whose it is and what to do, and what is whole goes on."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gci.build.candidate import build, load, plan, readable
from gci.collect.collect import collect_files
from gci.collect.quarantine import refusals
from gci.core.errors import Blocked, WrongUsage
from gci.core.paths import EXPECTATIONS, SEEDS, DataFolders
from gci.core.records import Candidate, Kind
from gci.gates.inputs import inputs_of
from gci.gates.rules import ask_rules
from gci.gates.suite import load_suite
from gci.gates.validation_database import open_bench
from gci.reread.mend import mend
from gci.storage import landing
from gci.storage.chain import seal
from gci.storage.damage import Damaged
from gci.storage.landed_rows import digest_of_rows, rows_digest, rows_of

AT = datetime(2026, 1, 5, tzinfo=UTC)
HEADER = "edition,iso3,item,answer,evidence_url,comment\n"
REVIEW = "edition,iso3,item,verdict,answer,reason,reviewer,reviewed_on\n"


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _flip(path: Path) -> None:
    """Flip bits of one byte; in a Parquet file of one that the rows go by: others say nothing about them."""
    whole = path.read_bytes()
    for place in range(len(whole) // 2, 0, -1):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :])
        if path.suffix != ".parquet" or _digest(path) != rows_digest(rows_of(whole, path)):
            return


def _digest(path: Path) -> str | None:
    try:
        return digest_of_rows(path)
    except Damaged:
        return None


DAMAGES: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "cut": _cut,
    "flipped": _flip,
    "not JSON": lambda path: path.write_text("PAR1, no more"),
    "other JSON": lambda path: path.write_text('{"edition": 7}'),
    "nested": lambda path: path.write_text("[" * 100_000),
    "gone": Path.unlink,
}
KINDS: tuple[Kind, ...] = ("survey", "reviews", "partners")


def put(folders: DataFolders, kind: Kind, edition: str, name: str, text: str, at: datetime = AT) -> str:
    path = folders.inbox / kind / edition / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    os.utime(path, (at.timestamp(), at.timestamp()))
    (receipt,) = collect_files(kind, [path], at, folders)
    return receipt.digest


@pytest.fixture
def folders(tmp_path: Path) -> DataFolders:
    """A return for each of two editions, and a review of the one of 2024."""
    folders = DataFolders(tmp_path)
    put(folders, "survey", "2020", "FIN.csv", HEADER + "2020,FIN,ls1,0.5,,\n")
    put(folders, "survey", "2024", "EST.csv", HEADER + "2024,EST,ls1,0.5,https://example.org/1,seen\n")
    put(folders, "reviews", "2024", "seen.csv", REVIEW + "2024,EST,ls1,accepted,,in force,index team,2026-01-04\n")
    return folders


def planned(edition: str, folders: DataFolders) -> Candidate:
    candidate = plan(edition, folders)
    assert candidate
    return candidate


def stopped(candidate: Candidate, folders: DataFolders) -> dict[str, str]:
    """The rules of the gate about files and the chain that are broken, with what they found."""
    rules = [rule for rule in load_suite("landed", EXPECTATIONS).rules if rule.table in ("files", "chain")]
    assert rules
    inputs = replace(inputs_of(candidate, folders), closely=True)
    with open_bench(None, None, inputs, {}, SEEDS / "frameworks", "") as bench:
        broken = ask_rules(rules, bench, "landed")
    return {name: " ".join(f"{one.found} {one.keys}" for one in found) for name, found in broken.items() if found}


def of_edition(folders: DataFolders, kind: Kind, edition: str) -> str:
    (digest,) = (one.digest for one in landing.receipts(folders) if (one.kind, one.edition) == (kind, edition))
    return digest


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("kind", ["survey", "reviews"])
def test_damaged_rows_are_named_stop_their_edition_alone_and_are_made_again(
    kind: Kind, damage: str, folders: DataFolders
) -> None:
    candidate, other = planned("2024", folders), planned("2020", folders)
    path = landing.rows_file(kind, of_edition(folders, kind, "2024"), folders)
    whole = path.read_bytes()
    DAMAGES[damage](path)
    assert plan("2024", folders) == candidate
    name = "EST.csv of EST, 2024" if kind == "survey" else "seen.csv of EST, 2024"
    found = stopped(candidate, folders)["landed_files_are_as_they_were_sealed"]
    assert name in found
    assert "rows gone or damaged" in found or "rows changed" in found
    assert "landed_files_are_as_they_were_sealed" not in stopped(other, folders)
    with pytest.raises(Blocked, match="gci mend"):
        build(candidate, folders)
    (mended,) = mend(folders)
    assert (mended.path, mended.failure) == (path, "")
    assert name in mended.called
    assert path.read_bytes() == whole
    assert "landed_files_are_as_they_were_sealed" not in stopped(candidate, folders)
    assert mend(folders) == []


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_receipt_is_named_stops_its_edition_alone_and_is_made_again(
    damage: str, folders: DataFolders
) -> None:
    candidate, other = planned("2024", folders), planned("2020", folders)
    path = landing.receipt_file(of_edition(folders, "survey", "2024"), folders)
    whole = path.read_bytes()
    DAMAGES[damage](path)
    assert plan("2024", folders) == candidate
    assert "EST.csv of EST, 2024" in stopped(candidate, folders)["landed_files_are_as_they_were_sealed"]
    assert not {"landed_files_are_as_they_were_sealed", "landed_files_can_be_read"} & stopped(other, folders).keys()
    put(folders, "survey", "2024", "LVA.csv", HEADER + "2024,LVA,ls1,0.5,,\n")
    assert [one.failure for one in mend(folders)] == [""]
    assert path.read_bytes() == whole


@pytest.mark.parametrize("damage", ["empty", "cut", "not JSON", "other JSON", "nested"])
def test_a_receipt_damaged_before_it_was_sealed_stops_its_edition_alone_and_is_made_again(
    damage: str, folders: DataFolders
) -> None:
    path = landing.receipt_file(of_edition(folders, "survey", "2024"), folders)
    whole = path.read_bytes()
    put(folders, "survey", "2024", "LVA.csv", HEADER + "2024,LVA,ls1,0.5,,\n")
    DAMAGES[damage](path)
    found = stopped(planned("2024", folders), folders)["landed_files_can_be_read"]
    assert path.name in found
    assert "gci mend" in found
    assert "landed_files_can_be_read" not in stopped(planned("2020", folders), folders)
    assert [one.failure for one in mend(folders)] == [""]
    assert path.read_bytes() == whole


def test_the_same_file_again_stays_in_the_inbox_while_its_receipt_is_damaged(
    folders: DataFolders, caplog: pytest.LogCaptureFixture
) -> None:
    path = landing.receipt_file(of_edition(folders, "survey", "2024"), folders)
    path.write_bytes(path.read_bytes()[:40])
    inbox = folders.inbox / "survey" / "2024"
    texts = {
        "again.csv": HEADER + "2024,EST,ls1,0.5,https://example.org/1,seen\n",
        "LVA.csv": HEADER + "2024,LVA,ls1,0.5,,\n",
    }
    for name, text in texts.items():
        (inbox / name).write_text(text)
    receipts = collect_files("survey", sorted(inbox.iterdir()), AT, folders)
    assert [receipt.file for receipt in receipts] == ["LVA.csv"]
    assert [one.name for one in inbox.iterdir()] == ["again.csv"]
    assert str(path) in caplog.text
    mend(folders)
    (again,) = collect_files("survey", [inbox / "again.csv"], AT, folders)
    assert [problem.code for problem in again.problems] == ["already_landed"]


@pytest.mark.parametrize("damage", ["empty", "cut", "flipped", "not JSON", "gone"])
def test_damaged_bytes_are_named_and_cannot_be_made_again(damage: str, folders: DataFolders) -> None:
    candidate = planned("2024", folders)
    digest = of_edition(folders, "survey", "2024")
    DAMAGES[damage](folders.landing / "files" / f"{digest}.csv")
    found = stopped(candidate, folders)
    assert "EST.csv of EST, 2024" in found["landed_files_are_as_they_were_sealed"]
    assert "backup" in found["rows_are_what_their_bytes_give"]
    landing.rows_file("survey", digest, folders).unlink()
    (lost,) = mend(folders)
    assert "backup" in lost.failure


@pytest.mark.parametrize("kept", ["damaged", "a link", "a link to nothing"])
def test_a_file_stays_in_the_inbox_while_something_else_lies_under_its_digest(
    kept: str, folders: DataFolders, caplog: pytest.LogCaptureFixture
) -> None:
    """What is sent again may be the last true copy, and what was put there before it came must not take its place."""
    text = HEADER + "2024,LVA,ls1,0.5,,\n"
    there = folders.landing / "files" / f"{hashlib.sha256(text.encode()).hexdigest()}.csv"
    if kept == "damaged":
        there.write_text(text[:-3])
    else:
        if kept == "a link":
            (folders.root / "elsewhere").write_text(text)
        there.symlink_to(folders.root / "elsewhere")
    path = folders.inbox / "survey" / "2024" / "LVA.csv"
    path.write_text(text)
    assert collect_files("survey", [path], AT, folders) == []
    assert path.read_text() == text
    assert str(there) in caplog.text
    assert "take the damaged one away" in caplog.text
    there.unlink()
    (receipt,) = collect_files("survey", [path], AT, folders)
    assert receipt.iso3 == "LVA"
    assert there.read_text() == text
    assert not path.exists()


def test_other_rows_are_not_made_of_changed_bytes(folders: DataFolders) -> None:
    """Mending brings nothing new in: what comes out otherwise than it was sealed stays out."""
    digest = of_edition(folders, "survey", "2024")
    seal(folders)
    (folders.landing / "files" / f"{digest}.csv").write_text(HEADER + "2024,EST,ls1,1,,\n")
    path = landing.rows_file("survey", digest, folders)
    path.write_bytes(b"")
    (lost,) = mend(folders)
    assert "SHA-256" in lost.failure
    assert path.read_bytes() == b""


@pytest.mark.parametrize("damage", ["empty", "cut", "not JSON", "other JSON", "nested"])
def test_a_damaged_manifest_of_a_candidate_is_named_and_planned_anew(damage: str, folders: DataFolders) -> None:
    candidate = planned("2024", folders)
    path = candidate.folder / "manifest.json"
    whole = path.read_bytes()
    DAMAGES[damage](path)
    with pytest.raises(WrongUsage, match=r"manifest\.json"):
        load(candidate.folder)
    with pytest.raises(WrongUsage, match="plans and builds the candidate again"):
        inputs_of(candidate, folders)
    other = planned("2020", folders)
    assert readable(folders) == [other]
    assert plan("2024", folders) == candidate
    assert path.read_bytes() == whole


@pytest.mark.parametrize("damage", ["empty", "cut", "not JSON", "other JSON", "nested", "gone"])
def test_a_damaged_receipt_in_quarantine_is_told_of_and_judged_again(
    damage: str, folders: DataFolders, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = HEADER + "2024,LVA,ls1,87.5,,\n"
    put(folders, "survey", "2024", "LVA.csv", wrong)
    (path,) = folders.quarantine.glob("survey/2024/*/receipt.json")
    before = path.read_bytes()
    DAMAGES[damage](path)
    assert refusals(folders) == []
    assert damage == "gone" or str(path) in caplog.text
    put(folders, "survey", "2024", "LVA.csv", wrong)
    assert path.read_bytes() == before


@pytest.mark.parametrize("damage", ["empty", "cut", "not JSON", "gone"])
def test_the_file_that_carries_the_columns_is_made_anew(damage: str, folders: DataFolders) -> None:
    path = landing.no_rows("survey", folders)
    whole = path.read_bytes()
    DAMAGES[damage](path)
    landing.prepare(folders)
    assert path.read_bytes() == whole


def test_rows_in_a_file_that_nobody_landed_never_reach_a_candidate(folders: DataFolders) -> None:
    candidate = planned("2024", folders)
    own = landing.rows_file("survey", of_edition(folders, "survey", "2024"), folders)
    own.with_name(f"{'f' * 64}.parquet").write_bytes(own.read_bytes())
    assert plan("2024", folders) == candidate
    assert not {"survey.key", "every_input_is_sealed"} & stopped(candidate, folders).keys()


def test_a_newer_return_that_is_gone_whole_is_named(folders: DataFolders) -> None:
    newer = put(folders, "survey", "2024", "EST.csv", HEADER + "2024,EST,ls1,1,,\n", AT + timedelta(days=1))
    seal(folders)
    for path in folders.landing.glob(f"*/{newer}*"):
        path.unlink()
    found = stopped(planned("2024", folders), folders)["landed_files_are_as_they_were_sealed"]
    assert "EST.csv of EST, 2024" in found
    assert "receipt gone, bytes gone, rows gone" in found


def test_the_command_names_what_it_made_again(folders: DataFolders) -> None:
    seal(folders)
    path = landing.rows_file("survey", of_edition(folders, "survey", "2024"), folders)
    path.write_bytes(b"")
    environment = os.environ | {"GCI_DATA": str(folders.root)}
    told = [sys.executable, "-c", "from gci.cli import main; main()", "mend"]
    first, second = (
        subprocess.run(told, env=environment, capture_output=True, text=True, check=False) for _ in range(2)
    )
    assert (first.returncode, second.returncode) == (0, 0)
    assert "is empty: the return EST.csv of EST, 2024; it is made again" in first.stdout
    assert "as it landed" in second.stdout


def test_a_receipt_of_another_file_is_no_receipt(folders: DataFolders) -> None:
    digest = of_edition(folders, "survey", "2024")
    receipt = landing.read_receipt(digest, folders)
    assert receipt
    landing.receipt_file(digest, folders).write_bytes(landing.as_json(replace(receipt, digest="0" * 64)))
    with pytest.raises(Blocked, match="another file"):
        landing.read_receipt(digest, folders)
    assert json.loads(landing.receipt_file(digest, folders).read_text())["digest"] == "0" * 64
