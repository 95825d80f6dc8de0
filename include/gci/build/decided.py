"""Which decisions count in a candidate: those that landed for its edition, and what the others were published with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from gci.core.paths import SEEDS, DataFolders
from gci.reference.decided import decided_seeds, read_decisions
from gci.reference.decisions import Decision
from gci.reference.seed_files import seed_files
from gci.storage.chain import landed_digests
from gci.storage.landing import rows_file
from gci.storage.release_log import Release, releases


def decisions_for(edition: str, folders: DataFolders) -> tuple[Decision, ...]:
    """The decisions that a candidate of the edition is built with, if it is built now."""
    own = landed_digests("decisions", folders, edition)
    newest: dict[str, Release] = {one.edition: one for one in releases(folders)}
    others = [one.document.get("manifest") or {} for name, one in newest.items() if name != edition]
    digests = {*own, *(digest for manifest in others for digest in _named(manifest, manifest.get("edition")))}
    return _read(digests, folders)


def decisions_of(manifest: Mapping[str, Any], folders: DataFolders) -> tuple[Decision, ...]:
    """The decisions that a manifest names.

    Args:
        manifest: manifest.json of a candidate; `inputs` has kind and digest of each file.
        folders: where they landed.

    Returns:
        The decisions, as they were read.
    """
    return _read(set(_named(manifest)), folders)


def changed_seeds(decisions: Sequence[Decision], seeds: Path = SEEDS) -> dict[str, str]:
    """The seeds that decisions change, each as a whole, by its name (gci.reference.seed_files) with `.csv`."""
    decided = decided_seeds(decisions, seeds)
    if decided == seeds:
        return {}
    written = {name: path for name, path in seed_files(decided).items() if not path.is_symlink()}
    return {f"{name}.csv": path.read_text(encoding="utf-8") for name, path in written.items()}


def _named(manifest: Mapping[str, Any], edition: str | None = None) -> Iterable[str]:
    """Digests of the decisions that a manifest names, of one edition or of all."""
    for entry in manifest.get("inputs", ()):
        if entry["kind"] == "decisions" and edition in (None, entry["edition"]):
            yield entry["digest"]


def _read(digests: Iterable[str], folders: DataFolders) -> tuple[Decision, ...]:
    files: list[Path] = [rows_file("decisions", digest, folders) for digest in sorted(digests)]
    return read_decisions([file for file in files if file.is_file()])
