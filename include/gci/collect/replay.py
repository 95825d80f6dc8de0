"""Writes the returns of a past edition into the inbox, from the real figures that the project carries."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from gci.core import clock
from gci.core.errors import WrongUsage
from gci.core.paths import REPLAY, DataFolders
from gci.reference import seeds
from gci.reference.near import near_states
from gci.storage.inbox import put

COLUMNS = ("edition", "iso3", "item", "answer", "evidence_url", "comment", "collector")


def replay(edition: str, states: Sequence[str] | None, folders: DataFolders) -> list[Path]:
    """Write one return per member state to inbox/survey/<edition>/<ISO3>.csv.

    Args:
        edition: an edition whose figures are in include/replay.
        states: iso3 codes; all member states when None or empty.
        folders: where the inbox is.

    Returns:
        The files, sorted. The same edition gives the same bytes. WrongUsage for an edition without figures or a
        state that was no member; TryAgain when another file of that name waits in the inbox.
    """
    figures = REPLAY / f"indicator_values_{seeds.edition(edition).edition}.csv"
    if not figures.exists():
        known = ", ".join(sorted(path.stem.rpartition("_")[2] for path in REPLAY.glob("indicator_values_*.csv")))
        raise WrongUsage(f"There are no figures of edition {edition} to replay, only of: {known}.")
    wanted = {state.upper() for state in states or seeds.members(edition)}
    if strangers := sorted(wanted - seeds.members(edition)):
        raise WrongUsage(
            f"Not a member state of edition {edition}: {', '.join(strangers)}. Write alpha-3 codes."
            f"{near_states(strangers[0], seeds.members(edition))}"
        )
    home = folders.inbox / "survey" / edition
    home.mkdir(parents=True, exist_ok=True)
    at = clock.now()
    return [put(home / f"{iso3}.csv", content, at) for iso3, content in _returns(figures, edition, wanted)]


def _returns(figures: Path, edition: str, wanted: set[str]) -> Iterator[tuple[str, bytes]]:
    """State and bytes of each return, by state."""
    items = list(seeds.items(edition))
    with figures.open(encoding="utf-8", newline="") as lines:
        for state in sorted(csv.DictReader(lines), key=lambda row: row["iso3"]):
            if state["iso3"] in wanted:
                rows = [(edition, state["iso3"], item, state[item], "", "", state["collector"]) for item in items]
                yield state["iso3"], _csv(rows)


def _csv(rows: Sequence[tuple[str, ...]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([COLUMNS, *rows])
    return text.getvalue().encode()
