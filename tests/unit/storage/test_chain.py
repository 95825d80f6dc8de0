"""The chain of landing: what landed is sealed once, whoever seals; nothing in it changes, goes or moves unseen."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from gci.build.candidate import plan
from gci.core.errors import Blocked
from gci.core.paths import DataFolders
from gci.storage import landing
from gci.storage.chain import Head, continues, entries, heads, landed_digests, not_continued, read, seal
from landed import land_partner, land_replay, land_return, land_review


@pytest.fixture
def folders(tmp_path: Path) -> DataFolders:
    return DataFolders(tmp_path / "data")


def seals(folders: DataFolders) -> list[Path]:
    return sorted(folders.chain.glob("*.json"))


def released(folders: DataFolders, head: Head) -> None:
    """The least that makes a release: what it was built from."""
    folder = folders.release("2020", 1)
    folder.mkdir(parents=True)
    manifest = {"inputs": [], "editions": [{"edition": "2020", "vintage": 1}], "landing": head.as_dict()}
    document = {"sequence": 1, "inputs_digest": "0", "manifest": manifest}
    (folder / "release.json").write_text(json.dumps(document), encoding="utf-8")


def test_what_landed_is_sealed_once_and_each_seal_names_the_one_before(folders: DataFolders) -> None:
    land_replay(folders, "2024", ["EST", "FIN"])
    first = seal(folders)
    assert seal(folders) == first
    land_partner(folders, "EST", "1")
    second = seal(folders)
    (one, two), breaks = read(folders.landing)
    assert (one.sequence, one.digest, one.previous) == (first.sequence, first.digest, None)
    assert (two.sequence, two.digest, two.previous) == (second.sequence, second.digest, first.digest)
    assert (len(one.entries), len(two.entries), breaks) == (2, 1, [])


def test_nothing_landed_is_no_seal(folders: DataFolders) -> None:
    assert seal(folders) == Head()
    assert not folders.root.exists()


def test_the_order_of_arrival_does_not_matter(tmp_path: Path) -> None:
    there, back = DataFolders(tmp_path / "there"), DataFolders(tmp_path / "back")
    land_replay(there, "2024", ["EST", "FIN", "ISL"])
    land_replay(back, "2024", ["ISL", "FIN", "EST"])
    assert seal(there) == seal(back)


def test_many_workers_seal_each_file_once(folders: DataFolders) -> None:
    states = ["EST", "FIN", "ISL", "LVA", "LTU", "NOR", "SWE", "DNK"]
    barrier = threading.Barrier(len(states))

    def work(iso3: str) -> None:
        barrier.wait()
        land_return(folders, "2024", iso3, {"ls1": "1"})
        seal(folders)

    workers = [threading.Thread(target=work, args=(iso3,)) for iso3 in states]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    seal(folders)
    found, breaks = read(folders.landing)
    assert breaks == []
    assert sorted(one.iso3 or "" for each in found for one in each.entries) == sorted(states)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:200])


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "cut": _cut,
    "flipped": _flip,
    "not JSON": lambda path: path.write_text("seal"),
    "other JSON": lambda path: path.write_text("[1]"),
    "no seal": lambda path: path.write_text('{"sequence": 1}'),
    "other entries": lambda path: path.write_text('{"sequence": 1, "previous": null, "entries": [{"digest": 1}]}'),
    "gone": Path.unlink,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_seal_is_named_and_nothing_is_planned(damage: str, folders: DataFolders) -> None:
    for iso3 in ("EST", "FIN", "ISL"):
        land_return(folders, "2024", iso3, {"ls1": "1"})
        seal(folders)
    first = seals(folders)[0]
    DAMAGES[damage](first)
    with pytest.raises(Blocked, match=first.name) as told:
        plan("2024", folders)
    assert "backup" in str(told.value)


def test_seals_that_changed_places_are_named(folders: DataFolders) -> None:
    for iso3 in ("EST", "FIN"):
        land_return(folders, "2024", iso3, {"ls1": "1"})
        seal(folders)
    one, two = seals(folders)
    texts = one.read_bytes(), two.read_bytes()
    one.write_bytes(texts[1])
    two.write_bytes(texts[0])
    assert {Path(found.where).name for found in read(folders.landing)[1]} == {one.name, two.name}


def test_an_older_backup_is_named_with_the_release_that_knows_more(folders: DataFolders) -> None:
    land_return(folders, "2020", "EST", {"ls1": "1"})
    seal(folders)
    land_return(folders, "2024", "EST", {"ls1": "1"})
    released(folders, seal(folders))
    seals(folders)[-1].unlink()
    with pytest.raises(Blocked, match=r"2020@v1: the chain ends at seal 1"):
        plan("2024", folders)


def test_a_chain_begun_anew_is_another_one(folders: DataFolders) -> None:
    land_replay(folders, "2024", ["EST", "FIN"])
    head = seal(folders)
    released(folders, head)
    seals(folders)[0].unlink()
    with pytest.raises(Blocked, match="seal 1"):
        seal(folders)
    assert not continues(head, folders)


def test_a_candidate_goes_on_from_every_release(folders: DataFolders) -> None:
    """One that was planned on an earlier seal than a release that is out by now names another since."""
    land_return(folders, "2024", "EST", {"ls1": "1"})
    candidate = plan("2024", folders)
    assert candidate
    early = seal(folders)
    land_return(folders, "2020", "EST", {"ls1": "1"})
    released(folders, seal(folders))
    assert not continues(early, folders)
    (found,) = not_continued(read(folders.landing)[0], heads(folders), early)
    assert (found.where, found.expected) == ("the candidate", "from seal 2, as 2020@v1, or a later one")


def test_a_return_deleted_whole_is_still_an_input(folders: DataFolders) -> None:
    land_replay(folders, "2024", ["EST", "FIN"])
    seal(folders)
    (gone,) = (one.digest for one in entries(read(folders.landing)[0]).values() if one.iso3 == "EST")
    for path in folders.landing.glob(f"*/{gone}*"):
        path.unlink()
    assert gone in landed_digests("survey", folders, "2024")


def test_what_landed_before_there_was_a_chain_is_sealed_as_it_is_found(folders: DataFolders) -> None:
    digest = land_return(folders, "2024", "EST", {"ls1": "1"})
    _without_digest(digest, folders)
    seal(folders)
    ((entry,),) = (one.entries for one in read(folders.landing)[0])
    assert (entry.digest, entry.rows_digest is not None) == (digest, True)


def test_a_receipt_that_lost_the_digest_of_its_rows_is_not_sealed(
    folders: DataFolders, caplog: pytest.LogCaptureFixture
) -> None:
    land_return(folders, "2024", "EST", {"ls1": "1"})
    released(folders, seal(folders))
    digest = land_return(folders, "2024", "FIN", {"ls1": "1"})
    _without_digest(digest, folders)
    seal(folders)
    assert digest not in entries(read(folders.landing)[0])
    assert f"{digest}.json" in caplog.text
    assert "FIN.csv of FIN" in caplog.text


def test_a_candidate_keeps_its_head_while_only_others_get_files(folders: DataFolders) -> None:
    land_replay(folders, "2024", ["EST"])
    candidate = plan("2024", folders)
    assert candidate
    before = (candidate.folder / "manifest.json").read_bytes()
    land_replay(folders, "2020", ["EST"])
    assert plan("2024", folders) == candidate
    assert (candidate.folder / "manifest.json").read_bytes() == before
    assert read(folders.landing)[0][-1].sequence == 2
    land_review(folders, "2024", [("EST", "ls1", "accepted", None)])
    newer = plan("2024", folders)
    assert newer
    assert json.loads((newer.folder / "manifest.json").read_text())["landing"]["sequence"] == 3


def _without_digest(digest: str, folders: DataFolders) -> None:
    receipt = landing.read_receipt(digest, folders)
    assert receipt
    path = landing.receipt_file(digest, folders)
    path.write_bytes(landing.as_json(replace(receipt, rows_digest=None)))


@pytest.mark.parametrize("name", ["{digest} (copy)", "a" * 64, "notes"])
def test_a_receipt_under_another_name_is_told_of_and_sealed_never(
    name: str, folders: DataFolders, caplog: pytest.LogCaptureFixture
) -> None:
    land_replay(folders, "2024", ["EST"])
    head = seal(folders)
    (receipt,) = landing.receipt_files(folders)
    copy = receipt.with_stem(name.format(digest=receipt.stem))
    copy.write_bytes(receipt.read_bytes())
    assert seal(folders) == head
    assert f"{copy} cannot be used: it is the receipt of another file, {receipt.stem}" in caplog.text


def test_a_copy_of_a_seal_under_another_name_is_no_seal(folders: DataFolders) -> None:
    land_replay(folders, "2024", ["EST"])
    head = seal(folders)
    for name in ("2", "٢", "000001 (copy)", "000000", "00000002"):
        (folders.chain / f"{name}.json").write_bytes(seals(folders)[0].read_bytes())
    assert seal(folders) == head


def test_a_seal_far_beyond_the_last_one_is_told_at_once(folders: DataFolders) -> None:
    land_replay(folders, "2024", ["EST"])
    seal(folders)
    (folders.chain / f"{10**15}.json").write_text("{}")
    _, breaks = read(folders.landing)
    assert [one.found.partition(":")[0] for one in breaks] == ["is gone", "cannot be used"]


@pytest.mark.parametrize(
    "text",
    [
        '{"sequence": 1e999, "previous": null, "entries": []}',
        '{"sequence": 2, "previous": null, "entries": [1]}',
        '{"sequence": 2, "previous": null, "entries": [ENTRY]}',
    ],
)
def test_a_seal_of_other_values_is_told_as_damaged(text: str, folders: DataFolders) -> None:
    land_replay(folders, "2024", ["EST"])
    seal(folders)
    entry = json.loads(seals(folders)[0].read_text(encoding="utf-8"))["entries"][0] | {"digest": ["a"]}
    (folders.chain / "000002.json").write_text(text.replace("ENTRY", json.dumps(entry)))
    with pytest.raises(Blocked, match=r"000002\.json: cannot be used: it is JSON, but no seal"):
        seal(folders)
