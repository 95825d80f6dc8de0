"""What is remembered of each source between fetches: landing/gathered/<source>.json, beside the data it is about."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from gci.core import canonical_json
from gci.core.atomic_file import write_over
from gci.core.paths import DataFolders
from gci.partners.fetch.transport import Mark


@dataclass(frozen=True)
class Gathered:
    """What is known of the fetches of one source. Times are ISO 8601 UTC; empty where there was none.

    Attributes:
        source: the source.
        address: connection and path of the last fetch; marks of another address do not count.
        etag, last_modified: mark of what was fetched last.
        digest: SHA-256 of what was fetched last.
        file: name under which it went into the inbox.
        changed_at: when it came.
        confirmed_at: when the partner last said that this is what it offers.
        failed_at: when a fetch last failed; empty again after one that did not.
        failure: why.
    """

    source: str
    address: str = ""
    etag: str = ""
    last_modified: str = ""
    digest: str = ""
    file: str = ""
    changed_at: str = ""
    confirmed_at: str = ""
    failed_at: str = ""
    failure: str = ""

    def mark(self, address: str) -> Mark:
        """The mark to ask with: none when the source has moved."""
        return Mark(self.etag, self.last_modified) if address == self.address else Mark()

    def failing(self, failure: str, when: str) -> Gathered:
        """The same after a fetch that failed: what was fetched before stays in use."""
        return replace(self, failed_at=when, failure=failure)


def recall(source: str, folders: DataFolders) -> Gathered:
    """What is known of a source. A file that cannot be read counts as nothing: then the source is fetched anew."""
    try:
        entry = json.loads(_path(source, folders).read_text("utf-8"))
        return Gathered(**{one.name: str(entry[one.name]) for one in fields(Gathered)})
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return Gathered(source)


def remember(known: Gathered, folders: DataFolders) -> None:
    """Write what is known of a source in place of what was known before; never seen half-written."""
    target = _path(known.source, folders)
    target.parent.mkdir(parents=True, exist_ok=True)
    write_over(target, canonical_json.document(asdict(known)))


def _path(source: str, folders: DataFolders) -> Path:
    return folders.gathered / f"{source}.json"
