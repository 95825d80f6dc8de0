"""What went into an edition, and whether that is new since its latest release."""

from __future__ import annotations

import csv
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gci.chain import landed_digests
from gci.paths import SEEDS, DataFolders
from gci.publish.history import latest
from gci.reference import editions


@dataclass(frozen=True)
class Inputs:
    """Everything that makes an edition what it is.

    Attributes:
        edition: the edition.
        survey: digests of the returns that landed for it (of states and of desk research), sorted.
        reviews: digests of the review files that landed for it, sorted.
        reference: SHA-256 over its rows of the seeds: framework, tiers, members, corrections, published figures.
    """

    edition: str
    survey: tuple[str, ...]
    reviews: tuple[str, ...]
    reference: str

    @property
    def digest(self) -> str:
        """SHA-256 over all of it."""
        return digest_of([self.edition, self.survey, self.reviews, self.reference])


def editions_with_news(folders: DataFolders) -> list[str]:
    """The editions for which something landed, or was changed in the seeds, since their latest release; sorted.

    An edition of which no return has landed has no news.
    """
    return [edition for edition in editions() if has_news(inputs(edition, folders), folders)]


def inputs(edition: str, folders: DataFolders) -> Inputs:
    """What would go into the edition if it were built now.

    Raises:
        WrongUsage: there is no such edition.
    """
    return Inputs(
        edition=edition,
        survey=landed_digests("survey", folders, edition),
        reviews=landed_digests("reviews", folders, edition),
        reference=reference_digest(edition),
    )


def has_news(now: Inputs, folders: DataFolders) -> bool:
    """Whether these inputs differ from those of the edition's latest release."""
    released = latest(now.edition, folders)
    return bool(now.survey) and (released is None or released.document["inputs_digest"] != now.digest)


def reference_digest(edition: str | None = None, seeds: Path = SEEDS) -> str:
    """SHA-256 over the rows of all seeds, or over those of one edition. Quoting and line ends do not matter."""
    rows: dict[str, list[dict[str, str]]] = {}
    for path in sorted(seeds.rglob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            found = [row for row in csv.DictReader(lines) if edition is None or row.get("edition") == edition]
        if found:
            rows[path.relative_to(seeds).as_posix()] = found
    return digest_of(rows)


def digest_of(value: Any) -> str:
    """SHA-256 over a value as canonical JSON."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
