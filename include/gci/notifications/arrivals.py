"""What has come since the digest before: refused files, returns, reviews, partner files and troubles, releases."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import groupby

from gci.collect.quarantine import folder_of, refusals
from gci.core.paths import DataFolders
from gci.core.records import Problem, Receipt
from gci.notifications.notice import Notice, Owner
from gci.partners.freshness import SourceAge
from gci.storage.landing import receipts
from gci.storage.release_log import Release, releases

NAMES_SHOWN = 20
PROBLEMS_SHOWN = 3

SENDERS: dict[str, Owner] = {
    "survey": "focal point",
    "reviews": "reviewer",
    "decisions": "index team",
    "partners": "data engineer",
}


def refused(folders: DataFolders, told: Collection[str] = ()) -> list[Notice]:
    """One notice per refused file, in the order in which they came, without those that were told."""
    return [_refused(one, folders) for one in refusals(folders) if key_of(one) not in told]


def arrived(folders: DataFolders, told: Collection[str] = ()) -> list[Notice]:
    """What has landed or was published, grouped; without what was told.

    Returns of states and of desk research are grouped by edition, reviews likewise, partner files by source.
    """
    landed = [one for one in receipts(folders) if key_of(one) not in told]
    grouped = groupby(sorted(landed, key=_group), _group)
    news = [_arrived(kind, about, collector, list(found)) for (kind, about, collector), found in grouped]
    return news + [_release(one) for one in releases(folders) if _release_key(one) not in told]


def failing(ages: Iterable[SourceAge], told: Collection[str] = ()) -> list[Notice]:
    """Partners that could not be fetched last, without those whose trouble was told and goes on."""
    return [
        Notice(
            keys=(f"unfetched:{one.source}",),
            owner="data engineer",
            what=f"{one.source} ({one.title}) could not be fetched: {one.failure}",
            do="Nothing at once: its latest good file stays in use and the next run tries again.",
        )
        for one in ages
        if one.failure and f"unfetched:{one.source}" not in told
    ]


def key_of(receipt: Receipt) -> str:
    """The name of a file's arrival and verdict. The same bytes under other rules or another name are another."""
    codes = sorted({problem.code for problem in receipt.problems if problem.severity == "error"})
    name = [receipt.file] if receipt.verdict == "refused" else []
    return ":".join([receipt.verdict, receipt.kind, receipt.digest[:16], *codes, *name])


def _refused(receipt: Receipt, folders: DataFolders) -> Notice:
    about = " ".join(filter(None, (receipt.edition, receipt.iso3, receipt.source))) or "of no known state or source"
    errors = [problem for problem in receipt.problems if problem.severity == "error"]
    more = [f"and {len(errors) - PROBLEMS_SHOWN} more errors"] if len(errors) > PROBLEMS_SHOWN else []
    folder = folder_of(receipt, folders)
    return Notice(
        keys=(key_of(receipt),),
        owner=SENDERS[receipt.kind],
        what=f"{receipt.file} ({about}) was refused.",
        details=(*(_told(problem) for problem in errors[:PROBLEMS_SHOWN]), *more),
        where=str(folder / "report.html" if folder else folders.quarantine / receipt.kind),
        do="Its sender gets the report; the mended file goes into the inbox as a new one.",
    )


def _told(problem: Problem) -> str:
    places = (("sheet", problem.sheet), ("row", problem.row), ("column", problem.column))
    place = ", ".join(f"{name} {value}" for name, value in places if value is not None) or "the whole file"
    return f"{place}: {problem.told}"


def _group(receipt: Receipt) -> tuple[str, str, str]:
    return receipt.kind, receipt.edition or receipt.source or "", receipt.collector or ""


def _arrived(kind: str, about: str, collector: str, found: list[Receipt]) -> Notice:
    named = sorted({one.iso3 or one.file for one in found})
    shown = ", ".join(named[:NAMES_SHOWN]) + (f" and {len(named) - NAMES_SHOWN} more" if named[NAMES_SHOWN:] else "")
    count = len(found)
    whose: dict[str, tuple[Owner, str]] = {
        "survey": ("reviewer", f"{about}: {count} new {_noun(collector, count)}: {shown}."),
        "reviews": ("index team", f"{about}: {count} new file{_s(count)} of reviews: {shown}."),
        "decisions": ("index team", f"{about}: {count} new file{_s(count)} of decisions: {shown}."),
        "partners": ("data engineer", f"{about}: {count} new file{_s(count)}: {shown}."),
    }
    owner, what = whose[kind]
    return Notice(keys=tuple(key_of(one) for one in found), owner=owner, what=what)


def _noun(collector: str, count: int) -> str:
    return (
        "sets of desk research"
        if collector == "desk" and count != 1
        else ("set of desk research" if collector == "desk" else f"return{_s(count)}")
    )


def _s(count: int) -> str:
    return "" if count == 1 else "s"


def _release_key(release: Release) -> str:
    return f"release:{release.name}"


def _release(release: Release) -> Notice:
    signed = release.document["sign_off"]
    note = f" ({signed['note']})" if signed.get("note") else ""
    return Notice(
        keys=(_release_key(release),),
        owner="index team",
        what=f"{release.edition} vintage {release.vintage} is published, signed off by {signed['name']}{note}.",
        where=str(release.folder),
    )
