"""What a candidate was made of, and where it lies."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gci.audit.stage import FOLDER as AUDIT
from gci.build.candidate import PLAN_AGAIN, load
from gci.build.manifest import CARRIED
from gci.core.errors import WrongUsage
from gci.core.lines import PARTNERS
from gci.core.paths import DataFolders
from gci.core.records import Candidate
from gci.partners.contracts import dates
from gci.partners.freshness import SourceAge, ages
from gci.storage.chain import Head, head_of, heads
from gci.storage.release_log import Release, releases


@dataclass(frozen=True)
class Inputs:
    """What a candidate was made of, and where it lies.

    Attributes:
        landing: the landing folder.
        edition: edition of the candidate; None when a file is tested of which nobody knows.
        vintage: the vintage that the candidate would become.
        editions: every edition that the candidate holds, with its vintage.
        digests: (edition or None, kind, digest) of everything that went in.
        are_known: whether `editions` and `digests` are a manifest to be held against. For a file alone there is none,
            and all that has landed is laid out.
        sources: how old the latest file of each partner is.
        dated: (digest, day) of partner files of which only the description of their source says of which day they are.
        head: the end of the chain of landing as the manifest names it.
        heads: name and head of each release that was built from the chain.
        released: digests of everything that went into a release before.
        carries_over: whether it has all tables but those of partners from a release that the same code made.
        closely: whether rows, receipts and bytes are held against the chain: the work of the gate `landed`.
        audits: edition, vintage and the folder audit/ of each edition whose draws may be at hand.
    """

    landing: Path
    edition: str | None = None
    vintage: int | None = None
    editions: tuple[tuple[str, int], ...] = ()
    digests: tuple[tuple[str | None, str, str], ...] = ()
    are_known: bool = False
    sources: tuple[SourceAge, ...] = ()
    dated: tuple[tuple[str, str], ...] = ()
    head: Head | None = None
    heads: tuple[tuple[str, Head], ...] = ()
    released: frozenset[str] = frozenset()
    carries_over: bool = False
    closely: bool = False
    audits: tuple[tuple[str, int, Path], ...] = ()


def inputs_of(candidate: Candidate, folders: DataFolders, before: Sequence[Release] | None = None) -> Inputs:
    """What a candidate's manifest names.

    Args:
        candidate: the candidate.
        folders: where landing and the releases lie.
        before: the releases that had gone out before it; those there are when not given.

    Raises:
        WrongUsage: there is no manifest to read.
    """
    before = releases(folders) if before is None else before
    path = candidate.folder / "manifest.json"
    load(candidate.folder)
    manifest = json.loads(path.read_bytes())
    try:
        carries = manifest.get(CARRIED) is not None
        # What the editions are made of is not looked at again where their tables are carried over.
        held = [entry for entry in manifest["inputs"] if not carries or entry["kind"] == PARTNERS]
        digests = tuple((entry["edition"], entry["kind"], entry["digest"]) for entry in held)
        dated = tuple((entry["digest"], entry["dated"]) for entry in manifest["inputs"] if entry.get("dated"))
        editions = tuple((entry["edition"], entry["vintage"]) for entry in manifest["editions"])
    except (KeyError, TypeError, AttributeError) as error:
        raise WrongUsage(f"{path} is no manifest ({error}). {PLAN_AGAIN}") from error
    return Inputs(
        folders.landing,
        candidate.edition,
        candidate.vintage,
        editions,
        digests,
        are_known=True,
        sources=ages(folders, {digest for _, kind, digest in digests if kind == "partners"}),
        dated=dated,
        head=head_of(manifest),
        heads=tuple(heads(folders, before)),
        released=_released(before),
        carries_over=carries,
        audits=((candidate.edition, candidate.vintage, candidate.folder / AUDIT),),
    )


def _released(before: Sequence[Release]) -> frozenset[str]:
    """The digests of everything that went into a release."""
    manifests = [release.document.get("manifest") or {} for release in before]
    return frozenset(entry["digest"] for manifest in manifests for entry in manifest.get("inputs", ()))


def inputs_of_file(database: Path, folders: DataFolders) -> Inputs:
    """What is known of a file alone: the landing zone, and which candidate it is when its manifest lies beside it."""
    dated, audits = tuple(dates().items()), _audits(database, folders)
    try:
        manifest = json.loads((database.parent / "manifest.json").read_text(encoding="utf-8"))
        own = (manifest["edition"], manifest["vintage"])
        others = [one for one in audits if one[:2] != own]  # a candidate may have been published since
        audits = tuple(sorted([*others, (*own, database.parent / AUDIT)]))
        if database.name == Candidate("", 0, database.parent, "").database.name:
            return Inputs(folders.landing, *own, dated=dated, audits=audits)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pass
    return Inputs(folders.landing, dated=dated, audits=audits)


def _audits(database: Path, folders: DataFolders) -> tuple[tuple[str, int, Path], ...]:
    """Where the audits of what is published in the data folder lie; of a release that is the file's own, beside it."""
    there = ((one.edition, one.vintage, one.folder / AUDIT) for one in releases(folders))
    return tuple(one for one in there if one[2] != database.parent / AUDIT)
