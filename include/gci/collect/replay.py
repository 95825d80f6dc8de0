"""Writes the returns of a past edition into the inbox, from the real figures that the project carries."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from gci import clock, reference
from gci.errors import TryAgain, WrongUsage
from gci.paths import REPLAY, DataFolders

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
    figures = REPLAY / f"indicator_values_{reference.edition(edition).edition}.csv"
    if not figures.exists():
        known = ", ".join(sorted(path.stem.rpartition("_")[2] for path in REPLAY.glob("indicator_values_*.csv")))
        raise WrongUsage(f"There are no figures of edition {edition} to replay, only of: {known}.")
    wanted = {state.upper() for state in states or reference.members(edition)}
    if strangers := sorted(wanted - reference.members(edition)):
        raise WrongUsage(f"Not a member state of edition {edition}: {', '.join(strangers)}. Write alpha-3 codes.")
    home = folders.inbox / "survey" / edition
    home.mkdir(parents=True, exist_ok=True)
    return [_write(home / f"{iso3}.csv", content) for iso3, content in _returns(figures, edition, wanted)]


def _returns(figures: Path, edition: str, wanted: set[str]) -> Iterator[tuple[str, bytes]]:
    """State and bytes of each return, by state."""
    items = list(reference.items(edition))
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


def _write(path: Path, content: bytes) -> Path:
    """Write a file that appears whole. What waits under that name with other content is somebody's and stays."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        unfinished.write_bytes(content)
        moment = clock.now().timestamp()
        os.utime(unfinished, (moment, moment))
        os.link(unfinished, path)
    except FileExistsError:
        if path.read_bytes() != content:
            raise TryAgain(f"{path} waits to be collected and is another return: collect it first.") from None
    finally:
        unfinished.unlink(missing_ok=True)
    return path
