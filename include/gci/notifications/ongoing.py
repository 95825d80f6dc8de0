"""What is known and still stands: the register of corrections, tolerated flaws, old partner data, unmended files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from gci.collect.quarantine import not_replaced
from gci.core.database.query import query
from gci.core.paths import DataFolders
from gci.core.records import Receipt
from gci.inspection.waiting import waiting_releases
from gci.notifications.arrivals import NAMES_SHOWN, SENDERS, key_of
from gci.notifications.notice import Notice
from gci.partners.freshness import SourceAge
from gci.sign_off.open_comments import open_comments
from gci.storage.landing import receipts

_REGISTER = """
    select id, edition, iso3, dimension, what_is_wrong, status, reported_to
    from corrections where bites order by id
"""


def corrections(folders: DataFolders) -> list[Notice]:
    """The entries of the register that bite in what is published."""
    if not folders.current.is_file():
        return []
    found = query(_REGISTER, "the register of corrections", database=folders.current)
    return [
        Notice(
            keys=(f"correction:{row['id']}",),
            owner="index team",
            what=f"{row['edition']} {row['iso3']} {row['dimension']}: {row['what_is_wrong']} "
            f"({row['id']}, {row['status']}, {row['reported_to']})",
        )
        for row in found
    ]


def embargoed(folders: DataFolders) -> list[Notice]:
    """What is approved and waits for its hour. Where it lies stands nowhere but in `gci embargoed`."""
    return [
        Notice(
            keys=(f"embargoed:{one['release']}:{one['candidate_digest'][:16]}",),
            owner="index team",
            what=one["told"],
            details=tuple(open_comments(one["edition"], folders)),
        )
        for one in waiting_releases(folders)
        if one["planned_for"]
    ]


def too_old(ages: Iterable[SourceAge]) -> list[Notice]:
    """Partners whose data is too old; one that an edition needs stops gate `landed` as well."""
    return [
        Notice(
            keys=(f"too_old:{one.source}",),
            owner="data engineer",
            what=one.told(),
            do="An edition needs it: put a newer file into the inbox." if one.required else "",
        )
        for one in ages
        if one.too_old
    ]


def tolerated(folders: DataFolders) -> list[Notice]:
    """Flaws of each partner's newest file that its description tolerates."""
    newest = {one.source: one for one in receipts(folders) if one.kind == "partners" and one.source}
    return [_tolerated(source, newest[source]) for source in sorted(newest) if newest[source].problems]


def unmended(folders: DataFolders, told: Collection[str]) -> list[Notice]:
    """Refused files that were told before and that no accepted file of the same sender has followed."""
    open_ones = [one for _, one in not_replaced(folders) if key_of(one) in told]
    by_kind: dict[str, list[Receipt]] = {}
    for one in open_ones:
        by_kind.setdefault(one.kind, []).append(one)
    return [
        Notice(
            keys=tuple(key_of(one) for one in found),
            owner=SENDERS[kind],
            what=f"{len(found)} refused file{'' if len(found) == 1 else 's'} not sent again: {_names(found)}.",
            where=str(folders.quarantine / kind),
            do="Ask the sender for the mended file.",
        )
        for kind, found in sorted(by_kind.items())
    ]


def _tolerated(source: str, receipt: Receipt) -> Notice:
    counts = Counter(problem.code for problem in receipt.problems)
    return Notice(
        keys=(f"tolerated:{source}",),
        owner="data engineer",
        what=f"{source}: {receipt.file} has flaws that its description tolerates: "
        + ", ".join(f"{code} ({count})" for code, count in sorted(counts.items()))
        + ".",
    )


def _names(found: list[Receipt]) -> str:
    named = sorted({one.file for one in found})
    return ", ".join(named[:NAMES_SHOWN]) + (f" and {len(named) - NAMES_SHOWN} more" if named[NAMES_SHOWN:] else "")
