"""Collects two files again and again in a forked process, which is killed at its first, second, … message to the store.

After each kill nothing may be lost, and a second machine, with an empty disk, must leave all as one undisturbed run
would. Arguments: a folder, the store, how many messages to go on by. Prints the messages it was killed at,
a line each; exits with a traceback when a promise is broken.
"""

from __future__ import annotations

import sys
from pathlib import Path

from gci.diagnostics.problems import catalogue
from gci.partners.contracts import contracts
from gci.reference.validation_context import validation_context
from gci.storage import landing
from gci.storage.door import storage_of
from store.killing import fresh, killed_at_each
from store.test_collecting import BAD, FIRST_RUN, GOOD, SECOND_RUN, collect


def lay_out(root: Path, address: str) -> None:
    _, store = fresh(root, address)
    store.put("inbox/survey/2024/good.csv", GOOD)
    store.put("inbox/survey/2024/bad.csv", BAD)


def finish(root: Path, address: str) -> None:
    """What a second machine finds, and what it leaves: each file once, where it belongs."""
    folders, store = fresh(root, address)
    there = [store.read(name) for name in store.listed("")]
    assert GOOD in there
    assert BAD in there
    collect(folders, SECOND_RUN)
    assert list(store.listed("inbox/")) == []
    folders, store = fresh(root, address)
    storage_of(folders).landing.pull()
    (receipt,) = landing.receipts(folders)
    assert landing.as_landed(receipt, folders) == receipt
    assert [path.read_bytes() for path in (folders.landing / "files").glob("[!.]*")] == [GOOD]
    assert len(list((folders.landing / "survey").glob("[!.]*"))) == 2  # the rows, and the file of none
    aside = sorted(name.rpartition("/")[2] for name in store.listed("quarantine/"))
    assert aside == ["bad.csv", "receipt.json", "report.html"]


def main(root: Path, address: str, step: int) -> list[str]:
    validation_context(), contracts(), catalogue()
    stores, messages = killed_at_each(
        step,
        address,
        root / "killed_at",
        before=lambda own: lay_out(root / "nobody", own),
        work=lambda own: collect(fresh(root / "one", own)[0], FIRST_RUN),
    )
    for own in stores:
        finish(root / "two", own)
    return messages


if __name__ == "__main__":
    print(*main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])), sep="\n")
