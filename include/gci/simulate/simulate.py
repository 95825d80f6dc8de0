"""Writes a synthetic round into the inbox, and beside it what was planted."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from gci.core import canonical_json, clock
from gci.core.errors import WrongUsage
from gci.core.paths import DataFolders
from gci.reference import seeds
from gci.reference.near import near
from gci.simulate import FAULTS
from gci.simulate.returns import Sending
from gci.simulate.sendings import deal
from gci.simulate.states import State, Verdict, state
from gci.simulate.writers import formats as all_formats
from gci.storage.inbox import put

_REVIEW = ("edition", "iso3", "item", "verdict", "answer", "reason", "reviewer", "reviewed_on")


@dataclass(frozen=True)
class Simulation:
    """What was written.

    Attributes:
        files: the files in the inbox, sorted.
        returns: how many of them are returns.
        refused: how many of those collection must refuse.
        planted: the list of what was planted, as JSON.
    """

    files: tuple[Path, ...]
    returns: int
    refused: int
    planted: Path


def simulate(
    edition: str, seed: int, folders: DataFolders, faults: float = FAULTS, formats: Sequence[str] | None = None
) -> Simulation:
    """Write the returns, desk research and reviews of a whole round into the inbox, each marked as synthetic.

    The answers are drawn so that the indicators of each state come as near to its real values of the edition before as
    the questions allow. What was planted lies in simulated/<edition>-<seed>.json.

    Args:
        edition: an edition that asks questions.
        seed: the same edition and seed give the same bytes, given the same time (gci.core.clock).
        folders: where the inbox is.
        faults: share of the states that answer whose first file is broken, 0 to 1.
        formats: the formats to use; all when not given.

    Raises:
        WrongUsage: the edition asks no questions, is not known, closed or follows none; a format or share is none.
        TryAgain: another file of that name waits in the inbox.
    """
    known = seeds.edition(edition)
    if known.item_level != "question":
        raise WrongUsage(f"Edition {edition} asks no questions: use `gci replay --edition {edition}`.")
    if known.status == "published":
        raise WrongUsage(f"Edition {edition} is published: synthetic returns have no place in it.")
    if known.collection_to and clock.now().date() > known.collection_to:
        raise WrongUsage(
            f"Edition {edition} took returns until {known.collection_to}: what is simulated now would come too late to "
            "count. Rehearse with SOURCE_DATE_EPOCH set to a day before that."
        )
    if not 0 <= faults <= 1:
        raise WrongUsage(f"--faults is a share from 0 to 1, not {faults}.")
    wanted = _wanted(formats)
    version = _form_version(edition)
    drawn = [state(edition, iso3, seed, version) for iso3 in sorted(seeds.members(edition))]
    now = clock.now()
    sendings, settled = deal(drawn, seed, faults, wanted, now)
    home = folders.inbox / "survey" / edition
    home.mkdir(parents=True, exist_ok=True)
    files = [put(home / one.name, one.content, now - timedelta(minutes=10 - one.sequence)) for one in sendings]
    files += _reviews(edition, seed, settled, now.date(), folders)
    planted = folders.simulated / f"{edition}-{seed}.json"
    _write_planted(planted, edition, seed, faults, wanted, sendings, settled)
    refused = sum(one.verdict == "refused" for one in sendings)
    return Simulation(tuple(sorted(files)), len(sendings), refused, planted)


def _wanted(formats: Sequence[str] | None) -> tuple[str, ...]:
    there = all_formats()
    wanted = tuple(dict.fromkeys(formats or there))
    if strangers := [name for name in wanted if name not in there]:
        raise WrongUsage(
            f"No such format: {', '.join(strangers)}. Formats: {', '.join(there)}.{near(strangers[0], there)}"
        )
    return tuple(name for name in there if name in wanted)


def _form_version(edition: str) -> str:
    """The newest version of the edition's form."""
    versions = seeds.form_versions(edition)
    if not versions:
        raise WrongUsage(f"The seed form_versions names no version of the form of {edition}.")
    return versions[-1]


def _reviews(edition: str, seed: int, states: Iterable[State], on: date, folders: DataFolders) -> list[Path]:
    """One review file with the verdicts on all states; none where there are none."""
    verdicts = [verdict for one in states for verdict in one.verdicts]
    if not verdicts:
        return []
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_REVIEW)
    writer.writerows(_review_row(edition, one, on) for one in verdicts)
    home = folders.inbox / "reviews" / edition
    home.mkdir(parents=True, exist_ok=True)
    return [put(home / f"simulated_{seed}.csv", text.getvalue().encode(), clock.now())]


def _review_row(edition: str, one: Verdict, on: date) -> tuple[str, ...]:
    return (edition, one.iso3, one.item, one.verdict, one.answer, one.reason, "simulated reviewer", on.isoformat())


def _write_planted(
    target: Path,
    edition: str,
    seed: int,
    faults: float,
    formats: tuple[str, ...],
    sendings: Sequence[Sending],
    states: Sequence[State],
) -> None:
    document: dict[str, Any] = {
        "synthetic": True,
        "edition": edition,
        "seed": seed,
        "faults": faults,
        "formats": formats,
        "files": [_without_content(one) for one in sorted(sendings, key=lambda one: one.name)],
        "answers": {one.iso3: one.truth for one in states},
    }
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(canonical_json.document(document))


def _without_content(sending: Sending) -> dict[str, Any]:
    return {name: value for name, value in asdict(sending).items() if name != "content"}
