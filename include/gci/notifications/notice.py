"""The nouns of telling: a notice, whose it is, and the digest of all of them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

Owner = Literal["focal point", "reviewer", "data engineer", "index team"]


@dataclass(frozen=True)
class Notice:
    """Something that a person should know, and who that is.

    Attributes:
        keys: what it is about, as names that stay the same as long as it stands; one told of all of them is told.
        owner: whose it is to deal with it.
        what: what there is to know, in a sentence.
        details: further lines: checks, rows, problems.
        where: the file, folder or page to look at; '' where `what` says it.
        do: what to do; '' where there is nothing to do.
        since: since when it stands, ISO 8601 UTC; '' where nothing says so.
    """

    keys: tuple[str, ...]
    owner: Owner
    what: str
    details: tuple[str, ...] = ()
    where: str = ""
    do: str = ""
    since: str = ""


@dataclass(frozen=True)
class Digest:
    """What there is to tell now.

    Attributes:
        blocks: what keeps an edition from being published. Told in every digest for as long as it stands.
        new: what has come since the digest before.
        known: what has been told or written down before and still stands.
        standing: the keys of all that stands now: what the next digest need not tell as new.
        fresh: whether anything that blocks or is new has not been told before. A digest that is not is not sent.
    """

    blocks: tuple[Notice, ...]
    new: tuple[Notice, ...]
    known: tuple[Notice, ...]
    standing: frozenset[str]
    fresh: bool

    def as_dict(self) -> dict[str, Any]:
        """The three lists as plain JSON values, without the keys.

        Returns:
            `blocks`, `new` and `known`: lists of notices by the names of their attributes.
        """
        return {
            name: [{key: value for key, value in asdict(one).items() if key != "keys"} for one in notices]
            for name, notices in (("blocks", self.blocks), ("new", self.new), ("known", self.known))
        }
