"""Publication through the store: one is first, nothing is half there, and every machine has the same releases."""

from __future__ import annotations

import pytest

from gci.core.errors import Blocked, TryAgain
from gci.core.paths import DataFolders
from gci.core.records import Candidate
from gci.publish.release import publish
from gci.storage.door import storage_of
from gci.storage.object_store.objects import Store, store_at
from gci.storage.release_log import releases
from small_candidate import sign_off, small_candidate
from store.conftest import Machine


def objects(folders: DataFolders) -> Store:
    assert folders.store is not None
    return store_at(folders.store)


def here(candidate: Candidate, folders: DataFolders) -> Candidate:
    """The same candidate, as another machine has it."""
    return Candidate(**vars(candidate) | {"folder": folders.candidates / candidate.folder.name})


def test_a_release_is_the_same_on_every_machine(machine: Machine) -> None:
    one, two = machine("one"), machine("two")
    candidate = small_candidate(one)
    with storage_of(one).working_on(candidate.folder.name):
        publish(candidate, sign_off(candidate), one)
    storage_of(two).pull()
    (ours,), (theirs,) = releases(one), releases(two)
    assert theirs.document == ours.document
    assert two.current.read_bytes() == one.current.read_bytes()
    store = objects(one)
    assert store.read("published/gci.duckdb") == one.current.read_bytes()
    assert store.read("published/2024/v1/release.json") == (ours.folder / "release.json").read_bytes()


def test_of_two_that_publish_at_once_one_is_first(machine: Machine) -> None:
    one, two, three = machine("one"), machine("two"), machine("three")
    first, second = small_candidate(one, "2020"), small_candidate(two, "2024")
    publish(first, sign_off(first), one)
    with pytest.raises(TryAgain, match="Another worker has published"):
        publish(second, sign_off(second), two)
    assert releases(two) == []
    storage_of(one).release_log.complete()
    storage_of(three).pull()
    assert [release.name for release in releases(three)] == ["2020@v1"]
    storage_of(two).pull()
    assert [release.name for release in releases(two)] == ["2020@v1"]


def test_the_file_that_analysts_read_never_goes_back(machine: Machine) -> None:
    one, two = machine("one"), machine("two")
    first = small_candidate(one, "2020")
    publish(first, sign_off(first), one)
    storage_of(two).pull()
    second = small_candidate(two, "2024")
    publish(second, sign_off(second), two)
    storage_of(two).release_log.complete()
    storage_of(one).release_log.complete()  # a slow machine that still has the older file
    store = objects(one)
    assert store.read("published/gci.duckdb") == two.current.read_bytes() != one.current.read_bytes()


def test_a_candidate_goes_from_machine_to_machine(machine: Machine) -> None:
    one, two = machine("one"), machine("two")
    candidate = small_candidate(one)
    storage_of(one).candidates.push(candidate.folder.name)
    storage_of(two).candidates.pull()
    assert here(candidate, two).database.read_bytes() == candidate.database.read_bytes()
    (two.candidates / candidate.folder.name / "asked.json").write_text("{}")
    (two.candidates / candidate.folder.name / "data_docs" / "index.html").unlink()
    storage_of(two).candidates.push(candidate.folder.name)
    storage_of(one).candidates.pull(candidate.folder.name)
    assert (candidate.folder / "asked.json").is_file()
    assert not (candidate.folder / "data_docs" / "index.html").exists()


def test_what_another_worker_made_of_a_candidate_is_not_overwritten(machine: Machine) -> None:
    one, two = machine("one"), machine("two")
    candidate = small_candidate(one)
    storage_of(one).candidates.push(candidate.folder.name)
    storage_of(two).candidates.pull()
    (two.candidates / candidate.folder.name / "asked.json").write_text("{}")
    storage_of(two).candidates.push(candidate.folder.name)
    (candidate.folder / "gates" / "built.json").unlink()
    with pytest.raises(TryAgain, match="Another worker has changed"):
        storage_of(one).candidates.push(candidate.folder.name)
    storage_of(machine("three")).candidates.pull()
    assert (machine("three").candidates / candidate.folder.name / "asked.json").is_file()


def test_a_data_folder_with_a_history_of_its_own_is_refused(machine: Machine) -> None:
    one = machine("one")
    candidate = small_candidate(one)
    publish(candidate, sign_off(candidate), DataFolders(one.root))
    with pytest.raises(Blocked, match="one data folder serves one store"):
        storage_of(one).pull()
