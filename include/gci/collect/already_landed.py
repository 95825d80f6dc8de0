"""What a collecting run has taken out of the inbox already: a task that is repeated says the same again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from gci.collect.quarantine import refusals
from gci.core.paths import DataFolders
from gci.core.records import Kind, Receipt
from gci.storage.arrival import stamp
from gci.storage.landing import receipts


def already_landed(kind: Kind, names: Iterable[str], received_at: datetime, folders: DataFolders) -> list[Receipt]:
    """The receipts that an earlier try of the same run gave.

    Args:
        kind: which inbox the files lay in.
        names: their names.
        received_at: when the run began; it stands in each of its receipts.
        folders: the landing zone and the quarantine.

    Returns:
        Accepted ones first, then refused ones, each in the order in which they count. A file whose bytes had landed
        before this run has the receipt of that time, and is not among them: it brought nothing new.
    """
    wanted = set(names)
    began = stamp(received_at)
    found = (*receipts(folders), *refusals(folders)) if wanted else ()
    return [
        one for one in found if (one.kind, one.collected_at or one.received_at) == (kind, began) and one.file in wanted
    ]
