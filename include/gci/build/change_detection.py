"""What went into an edition, and whether that is new since its latest release."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gci.build.decided import decisions_for
from gci.build.touched import touching
from gci.core.lines import PARTNERS
from gci.core.paths import SEEDS, DataFolders
from gci.partners.contracts import dates
from gci.reference.decided import decided_seeds
from gci.reference.decisions import Decision
from gci.reference.seed_files import rows_of, seed_files
from gci.reference.seeds import editions
from gci.storage.chain import landed_digests
from gci.storage.release_log import latest, releases


@dataclass(frozen=True)
class Inputs:
    """Everything that makes an edition, or the partner release, what it is.

    Attributes:
        edition: the edition, or `partners`.
        survey: digests of the returns that landed for it (of states and of desk research), sorted.
        reviews: digests of the review files that landed for it, sorted.
        decisions: digests of the files of decisions that landed for it, sorted; those on which no figure hangs, alone
            in their file, are no news.
        seeds: by seed the SHA-256 over those of its rows that touch the edition (gci.build.touched).
        partners: for the partner release, digest of each partner file that landed, and the day that its data is of
            where only the description of its source says it; sorted. Partner data moves no edition.
    """

    edition: str
    survey: tuple[str, ...]
    reviews: tuple[str, ...]
    seeds: tuple[tuple[str, str], ...]
    decisions: tuple[str, ...] = ()
    partners: tuple[tuple[str, str | None], ...] = ()

    @property
    def reference(self) -> str:
        """SHA-256 over the reference data that touches the edition."""
        return digest_of(dict(self.seeds))

    @property
    def digest(self) -> str:
        """SHA-256 over all of it."""
        if self.edition == PARTNERS:
            return digest_of([self.edition, self.partners])
        without = [self.edition, self.survey, self.reviews, self.reference]
        return digest_of([*without, self.decisions] if self.decisions else without)


def editions_with_news(folders: DataFolders) -> list[str]:
    """The editions for which something landed, or was changed in the seeds, since their latest release; sorted.

    An edition of which no return has landed has no news. Last comes `partners`, where partner data has.
    """
    return [line for line in (*editions(), PARTNERS) if has_news(inputs(line, folders), folders)]


def inputs(edition: str, folders: DataFolders) -> Inputs:
    """What would go into the edition, or the partner release, if it were built now.

    Raises:
        WrongUsage: there is no such edition.
    """
    if edition == PARTNERS:
        dated = dates()
        landed = landed_digests("partners", folders)
        return Inputs(PARTNERS, (), (), (), partners=tuple((digest, dated.get(digest)) for digest in landed))
    decided = decisions_for(edition, folders)
    return Inputs(
        edition=edition,
        survey=landed_digests("survey", folders, edition),
        reviews=landed_digests("reviews", folders, edition),
        seeds=tuple(seed_digests(edition, decided_seeds(decided)).items()),
        decisions=with_figures(one for one in decided if one.edition == edition),
    )


def with_figures(decisions: Iterable[Decision]) -> tuple[str, ...]:
    """The digests of files that hold decisions on which figures hang, sorted."""
    return tuple(sorted({one.digest for one in decisions if one.bears_figures}))


def has_news(now: Inputs, folders: DataFolders) -> bool:
    """Whether these inputs differ from those of the latest release of their line.

    Partner data goes out beside editions: as long as none is published it has no news.
    """
    released = latest(now.edition, folders)
    is_due = bool(now.partners and releases(folders)) if now.edition == PARTNERS else bool(now.survey)
    return is_due and (released is None or released.document["inputs_digest"] != now.digest)


def reference_digest(edition: str | None = None, seeds: Path = SEEDS) -> str:
    """SHA-256 over all seeds, or over what touches one edition. Quoting and line ends do not matter."""
    if edition is None:
        everything = {f"{name}.csv": rows_of(path) for name, path in seed_files(seeds).items()}
        return digest_of(everything)
    return digest_of(seed_digests(edition, seeds))


def seed_digests(edition: str, seeds: Path = SEEDS) -> dict[str, str]:
    """By seed the SHA-256 over those of its rows that touch the edition; see gci.build.touched.

    Raises:
        Blocked: a seed does not declare what it touches.
    """
    return {seed: digest_of(rows) for seed, rows in touching(edition, seeds).items()}


def digest_of(value: Any) -> str:
    """SHA-256 over a value as canonical JSON."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
