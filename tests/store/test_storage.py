"""What a stage may ask of the place where things lie comes out the same on one disk and over a store."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from gci.core.errors import Blocked
from gci.core.paths import DataFolders
from gci.storage import landing
from gci.storage.door import storage_of
from small_candidate import small_candidate
from store.conftest import Machine

Workers = tuple[DataFolders, DataFolders]


@pytest.fixture(params=["disk", "store"])
def workers(request: pytest.FixtureRequest, tmp_path: Path) -> Workers:
    """Two workers of one warehouse: on one disk, or on one each that share a store."""
    if request.param == "disk":
        return DataFolders(tmp_path / "data"), DataFolders(tmp_path / "data")
    machine: Machine = request.getfixturevalue("machine")
    return machine("one"), machine("two")


def test_of_two_that_land_one_is_first_and_the_other_has_what_it_wrote(workers: Workers) -> None:
    landed = []
    for folders, content in zip(workers, (b"first", b"second"), strict=True):
        landing.prepare(folders)
        part = landing.part(folders)
        part.write_bytes(content)
        target = folders.landing / "files" / "name.csv"
        landed.append((storage_of(folders).landing.land(part, target), target.read_bytes(), part.exists()))
    assert landed == [(True, b"first", True), (False, b"first", True)]


def test_what_is_mended_is_mended_for_all_and_the_damaged_file_stays(workers: Workers) -> None:
    one, two = workers
    landing.prepare(one)
    part, target = landing.part(one), one.landing / "files" / "name.csv"
    part.write_bytes(b"damaged")
    storage_of(one).landing.land(part, target)
    with storage_of(one).landing.mending(target) as here:
        part.write_bytes(b"as it was")
        assert storage_of(here).landing.land(part, target)
    storage_of(two).landing.pull()
    assert (two.landing / "files" / "name.csv").read_bytes() == b"as it was"
    assert (target.parent / ".name.csv.damaged").exists()


def test_what_arrives_at_one_is_at_hand_for_the_other_until_it_is_collected(workers: Workers) -> None:
    one, two = workers
    arrived = one.inbox / "survey" / "2024" / "EST.csv"
    arrived.parent.mkdir(parents=True)
    arrived.write_bytes(b"a return")
    storage_of(one).inbox.submit("survey")
    inbox = storage_of(two).inbox
    inbox.pull("survey")
    (waiting,) = (path for path in (inbox.at_hand / "survey").rglob("*") if path.is_file())
    assert waiting.read_bytes() == b"a return"
    inbox.acknowledge(waiting, hashlib.sha256(b"a return").hexdigest())
    waiting.unlink()
    storage_of(one).inbox.pull("survey")
    left = storage_of(one).inbox.at_hand / "survey" / "2024" / "EST.csv"
    assert not left.exists()


def test_the_reports_of_a_gate_that_refused_are_there_for_all(workers: Workers) -> None:
    one, two = workers
    name = small_candidate(one).folder.name
    with pytest.raises(Blocked), storage_of(one).working_on(name):
        (one.candidates / name / "gates" / "built.json").write_text("it failed")
        raise Blocked("a gate")
    storage_of(two).pull(name)
    assert (two.candidates / name / "gates" / "built.json").read_text() == "it failed"


def test_people_are_told_where_all_of_them_find_it(workers: Workers) -> None:
    one, _ = workers
    home = (one.store or str(one.root)).rstrip("/")
    assert storage_of(one).where(one.quarantine / "survey") == f"{home}/quarantine/survey"
