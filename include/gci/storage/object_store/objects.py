"""Objects in an S3-compatible store: read, listed, and put under the condition that nobody else was first."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from gci.core.errors import TryAgain, WrongUsage

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

_THREADS = 8  # most of the time goes by waiting for the store
_CHUNK = 1 << 20
_TAKEN = (409, 412)  # the condition of a put does not hold; 409: it was being decided by another put
_CONFLICT = 409
_TRIES = 5


@dataclass(frozen=True)
class Entry:
    """What a store says of an object.

    Attributes:
        etag: its entity tag, which changes with its content.
        size: number of bytes.
        modified_at: when it was put, UTC.
        said: what whoever put it said about it, by name.
    """

    etag: str
    size: int
    modified_at: datetime
    said: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Store:
    """One prefix of one bucket. Names of objects are the paths of files under $GCI_DATA.

    Every method raises TryAgain when the store cannot be reached or refuses.

    Attributes:
        bucket: the bucket.
        prefix: what stands before each name, with its slash; may be empty.
    """

    bucket: str
    prefix: str

    def address(self, name: str) -> str:
        """Where an object lies, as clients write it."""
        return f"s3://{self.bucket}/{self.prefix}{name}"

    def listed(self, below: str) -> dict[str, Entry]:
        """The objects whose names begin with `below`, by name, sorted; without what was said about them."""
        with self._asked("list", below):
            pages = _client().get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=self.prefix + below)
            found = [one for page in pages for one in page.get("Contents", ())]
        named = {str(one["Key"])[len(self.prefix) :]: one for one in found}
        return {
            name: Entry(one["ETag"], one["Size"], one["LastModified"]) for name, one in named.items() if _is_path(name)
        }

    def look(self, name: str) -> Entry | None:
        """What the store says of one object; None when there is none."""
        with self._asked("look at", name):
            try:
                response: dict[str, Any] = _client().head_object(**self._named(name))
                return _entry(response)
            except _client().exceptions.ClientError as error:
                _must_be_absent(error)
                return None

    def read(self, name: str) -> bytes | None:
        """The bytes of an object; None when there is none."""
        with self._asked("read", name):
            try:
                return bytes(_client().get_object(**self._named(name))["Body"].read())
            except _client().exceptions.ClientError as error:
                _must_be_absent(error)
                return None

    def download(self, name: str, target: Path) -> Entry | None:
        """Copy an object to a file, which appears whole in place of one that is there. None when there is no object."""
        part = target.with_name(f".{uuid.uuid4().hex}.part")
        with self._asked("read", name):
            try:
                response = _client().get_object(**self._named(name))
            except _client().exceptions.ClientError as error:
                _must_be_absent(error)
                return None
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                with part.open("xb") as out:
                    for chunk in response["Body"].iter_chunks(_CHUNK):
                        out.write(chunk)
                part.replace(target)
            finally:
                part.unlink(missing_ok=True)
        return _entry(response)

    def put(self, name: str, content: Path | bytes) -> None:
        """Write an object, whatever is there."""
        self._put(name, content)

    def put_new(self, name: str, content: Path | bytes, **said: str) -> bool:
        """Write an object that is not there yet. False, and nothing changed, when one is: of many, one is first."""
        return self._put(name, content, said, IfNoneMatch="*")

    def put_over(self, name: str, content: Path | bytes, before: Entry, **said: str) -> bool:
        """Write an object in place of `before`. False, and nothing changed, when another has taken its place."""
        return self._put(name, content, said, IfMatch=before.etag)

    def copy(self, name: str, target: str) -> None:
        """Copy an object within the store."""
        with self._asked("copy", name):
            source = {"Bucket": self.bucket, "Key": self.prefix + name}
            _client().copy_object(**self._named(target), CopySource=source)

    def remove(self, name: str, entry: Entry) -> bool:
        """Remove an object if it is still this one. False when another has taken its place; True when it is gone."""
        with self._asked("remove", name):
            try:
                _client().delete_object(**self._named(name), IfMatch=entry.etag)
            except _client().exceptions.ClientError as error:
                if _status(error) in _TAKEN:
                    return False
                _must_be_absent(error)
        return True

    def _named(self, name: str) -> dict[str, str]:
        return {"Bucket": self.bucket, "Key": self.prefix + name}

    def _put(self, name: str, content: Path | bytes, said: dict[str, str] | None = None, **condition: str) -> bool:
        """Whether the object was written; False when the condition does not hold."""
        for tried in range(1, _TRIES + 1):
            with self._asked("write", name), _opened(content) as body:
                try:
                    _client().put_object(**self._named(name), Body=body, Metadata=said or {}, **condition)
                    return True
                except _client().exceptions.ClientError as error:
                    if not condition or _status(error) not in _TAKEN:
                        raise
                    if _status(error) != _CONFLICT or tried == _TRIES:
                        return False
        return False

    @contextmanager
    def _asked(self, act: str, name: str) -> Iterator[None]:
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            yield
        except (BotoCoreError, ClientError) as error:
            raise TryAgain(
                f"The store could not {act} {self.address(name)}: {error}. Look at $GCI_STORE, at the store and at its "
                "credentials (AWS_…), then call again. What is published is as it was."
            ) from error


def store_at(address: str) -> Store:
    """The store at an address. Raises WrongUsage when that is none."""
    scheme, _, rest = address.partition("://")
    bucket, _, prefix = rest.strip("/").partition("/")
    if scheme != "s3" or not bucket:
        raise WrongUsage(f"GCI_STORE is {address!r}; it has the form s3://bucket/prefix.")
    return Store(bucket, f"{prefix}/" if prefix else "")


def make_bucket(store: Store) -> None:
    """Make the store's bucket if there is none that this login may use. Raises TryAgain when it cannot be made."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        _client().head_bucket(Bucket=store.bucket)
    except ClientError as error:
        if _status(error) != 404:
            raise TryAgain(f"The bucket {store.bucket} may not be used: {error}. Look at the credentials.") from error
        _client().create_bucket(Bucket=store.bucket)
    except BotoCoreError as error:
        raise TryAgain(f"The store of {store.bucket} cannot be reached: {error}.") from error


def each(work: Callable[[_Item], _Result], items: Iterable[_Item]) -> list[_Result]:
    """Do the same for many objects, some at a time; results in the order of the items."""
    with ThreadPoolExecutor(_THREADS) as pool:
        return list(pool.map(work, items))


@cache
def _client() -> Any:
    """A client with the credentials and the endpoint that the environment names (AWS_…), as other S3 tools do.

    boto3 rather than fsspec: fsspec has no conditional writes over what is there, and these keep publication safe.
    """
    import boto3
    from botocore.config import Config

    # Stores beside Amazon's are addressed by path: a bucket is no host there.
    own = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
    return boto3.client(
        "s3",
        config=Config(
            connect_timeout=10,
            read_timeout=60,
            retries={"mode": "standard", "total_max_attempts": _TRIES},
            max_pool_connections=_THREADS * 2,
            s3={"addressing_style": "path"} if own else {},
        ),
    )


@contextmanager
def _opened(content: Path | bytes) -> Iterator[Any]:
    if isinstance(content, bytes):
        yield content
    else:
        with content.open("rb") as stream:
            yield stream


def _entry(response: dict[str, Any]) -> Entry:
    return Entry(response["ETag"], response["ContentLength"], response["LastModified"], response.get("Metadata", {}))


def _status(error: Any) -> int:
    return int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))


def _must_be_absent(error: Any) -> None:
    """Raise the error again unless it says that there is no such object. That there is no such bucket is one, too."""
    if _status(error) != 404 or error.response.get("Error", {}).get("Code") == "NoSuchBucket":
        raise error


def _is_path(name: str) -> bool:
    """Whether a name can be that of a file under $GCI_DATA, and of none outside."""
    parts = PurePosixPath(name).parts
    return bool(parts) and "/".join(parts) == name and ".." not in parts and "\0" not in name
