"""Publishes a candidate again and again in a forked process, killed at its first, second, … message to the store.

After each kill the release is in the store whole or not at all, and a second machine, with an empty disk, publishes
the same bytes as an undisturbed run. Arguments: a folder, the store, how many messages to go on by. Prints the
messages it was killed at, a line each; exits with a traceback when a promise is broken.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from gci.core.checksums import read_sums
from gci.core.paths import DataFolders
from gci.core.records import Candidate, SignOff
from gci.core.versions import code_version
from gci.publish.release import publish
from gci.storage.door import storage_of
from gci.storage.release_log import releases
from small_candidate import sign_off, small_candidate
from store.killing import fresh, killed_at_each

HOME = "published/2024/v1/"
SIGNED: SignOff


def prepare(folders: DataFolders) -> Candidate:
    candidate = small_candidate(folders)
    storage_of(folders).push(candidate.folder.name)
    return candidate


def publish_there(folders: DataFolders, candidate: Candidate) -> None:
    with storage_of(folders).working_on(candidate.folder.name):
        publish(Candidate(**vars(candidate) | {"folder": folders.candidates / candidate.folder.name}), SIGNED, folders)


def finish(root: Path, address: str, candidate: Candidate) -> dict[str, str]:
    """What a second machine finds and leaves. Returns the checksums of the release."""
    folders, store = fresh(root, address)
    storage_of(folders).pull()
    found = releases(folders)
    log = store.listed("published/log/")
    assert len(found) == len(log) <= 1
    if store.look("published/gci.duckdb") or store.look(HOME + "SHA256SUMS"):
        assert found, "what people read is ahead of the log"
    publish_there(folders, candidate)
    (release,) = releases(folders)
    said = read_sums(release.folder)
    for name, digest in said.items():
        assert hashlib.sha256(store.read(HOME + name) or b"").hexdigest() == digest, name
    assert store.read(HOME + "SHA256SUMS") == (release.folder / "SHA256SUMS").read_bytes()
    assert store.read("published/gci.duckdb") == release.database.read_bytes() == folders.current.read_bytes()
    return said


def main(root: Path, address: str, step: int) -> list[str]:
    global SIGNED
    folders, _ = fresh(root / "nobody", f"{address}/first")
    candidate = prepare(folders)
    SIGNED = sign_off(candidate)
    code_version()

    def before(own: str) -> None:
        storage_of(DataFolders(folders.root, own)).push(candidate.folder.name)
        (folders.brought / "candidates" / f"{candidate.folder.name}.json").unlink()

    (folders.brought / "candidates" / f"{candidate.folder.name}.json").unlink()
    stores, messages = killed_at_each(
        step,
        address,
        root / "killed_at",
        before=before,
        work=lambda own: publish_there(fresh(root / "one", own)[0], candidate),
    )
    undisturbed = finish(root / "two", stores[-1], candidate)
    for own in stores[:-1]:
        assert finish(root / "two", own, candidate) == undisturbed
    return messages


if __name__ == "__main__":
    print(*main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])), sep="\n")
