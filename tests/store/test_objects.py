"""The conditions that keep writers apart, and what a store may answer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from gci.core.errors import TryAgain, WrongUsage
from gci.core.paths import DataFolders
from gci.storage.door import storage_of
from gci.storage.object_store.objects import Store, each, store_at


@pytest.fixture
def objects(store: str) -> Store:
    return store_at(store)


def test_of_many_at_once_one_is_first(objects: Store) -> None:
    first = each(lambda number: objects.put_new("place", str(number).encode()), range(8))
    assert first.count(True) == 1
    assert objects.read("place") == str(first.index(True)).encode()


def test_what_was_replaced_meanwhile_is_not_overwritten(objects: Store) -> None:
    objects.put("place", b"old")
    seen = objects.look("place")
    assert seen is not None
    objects.put("place", b"of another")
    assert not objects.put_over("place", b"mine", seen)
    assert not objects.remove("place", seen)
    assert objects.read("place") == b"of another"


def test_what_is_absent_is_none(objects: Store, tmp_path: Path) -> None:
    assert objects.look("nothing") is None
    assert objects.read("nothing") is None
    assert objects.download("nothing", tmp_path / "nothing") is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["inbox/../../outside", "inbox//x", "inbox/./x", "inbox/folder/"])
def test_names_that_lead_outside_are_not_seen(objects: Store, name: str) -> None:
    objects.put("inbox/x", b"")
    objects.put(name, b"")
    assert list(objects.listed("inbox/")) == ["inbox/x"]


def test_a_missing_bucket_is_no_empty_store(objects: Store) -> None:
    with pytest.raises(TryAgain, match="NoSuchBucket"):
        replace(objects, bucket="another").read("place")


@pytest.mark.parametrize("address", ["bucket/prefix", "file:///tmp", "s3://", "gs://bucket"])
def test_an_address_of_no_store_is_wrong_usage(tmp_path: Path, address: str) -> None:
    with pytest.raises(WrongUsage, match="s3://bucket/prefix"):
        storage_of(DataFolders(tmp_path, address))
