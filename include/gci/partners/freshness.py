"""How old the data of each partner is: what landed last, whether its owner still offers the same, what is too old."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from gci.core import clock
from gci.core.paths import DataFolders


@dataclass(frozen=True)
class SourceAge:
    """The latest good file of one source.

    Attributes:
        source: the source.
        title: what it is, for people.
        required: whether an edition may not go on with one that is too old.
        stale_days: after how many days it is too old.
        file: name of the file; None when none has landed.
        digest: its digest.
        taken_on: the day in its name, or else that of its arrival.
        current_on: the day on which its owner last offered the same; `taken_on` where that is not known.
        age_days: days since then; None when none has landed.
        failure: why it could not be fetched last; '' where it could, or is not fetched.
    """

    source: str
    title: str
    required: bool
    stale_days: int
    file: str | None = None
    digest: str | None = None
    taken_on: date | None = None
    current_on: date | None = None
    age_days: int | None = None
    failure: str = ""

    @property
    def too_old(self) -> bool:
        """Whether it is too old; one that never came is so only where it is required."""
        return self.required if self.age_days is None else self.age_days > self.stale_days

    def told(self) -> str:
        """The same in a sentence."""
        if self.age_days is None:
            came = "nothing has landed"
        else:
            came = f"{self.file} of {self.taken_on}, current {self.age_days} days ago, too old after {self.stale_days}"
        old = " TOO OLD" if self.too_old else ""
        return f"{self.source}: {came}.{old}" + (f" Last fetch failed: {self.failure}" if self.failure else "")


def ages(folders: DataFolders, among: Collection[str] | None = None) -> tuple[SourceAge, ...]:
    """The age of every source that is described, by name.

    Args:
        folders: the landing zone.
        among: digests of the files that count; all that have landed when not given.
    """
    from gci.partners.check import taken
    from gci.partners.contracts import contracts
    from gci.partners.fetch.state import recall
    from gci.storage.landing import receipts

    latest = {
        receipt.source: receipt
        for receipt in receipts(folders)
        if receipt.kind == "partners" and (among is None or receipt.digest in among)
    }
    today = clock.now().date()
    found = []
    for source, contract in contracts().items():
        known = recall(source, folders)
        age = SourceAge(source, contract.title, contract.required, contract.stale_days, failure=known.failure)
        receipt = latest.get(source)
        if receipt is not None:
            day = taken(receipt.file, datetime.fromisoformat(receipt.received_at).date()).day
            same = known.digest == receipt.digest
            current = max(day, datetime.fromisoformat(known.confirmed_at).date()) if same else day
            age = replace(
                age,
                file=receipt.file,
                digest=receipt.digest,
                taken_on=day,
                current_on=current,
                age_days=(today - current).days,
            )
        found.append(age)
    return tuple(found)
