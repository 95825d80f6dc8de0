"""Which editions a row of the reference data touches, as each seed declares it beside itself.

The `.yml` of a seed has `config: {meta: {touches: …}}`, one of:

| touches | a row counts for |
|---|---|
| edition | the edition in its column `edition` |
| from_edition | the edition in its column `from_edition`, and every later one |
| to_edition | the edition in its column `to_edition`, the later of two that it compares |
| every_edition | every edition |
| member | each edition in which the state in its column `iso3` takes part; names of states count for none |
| reference_date | the same, where the edition's reference date lies in its period, wherever that begins and ends |
| none | no edition: no figure hangs on it, and it goes out with whatever is published next |

What touches an edition is part of its inputs: a change makes the edition's next vintage (gci.build.change_detection).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from gci.core.errors import Blocked
from gci.reference.decisions import NAMES
from gci.reference.seed_files import Row, rows_of, seed_file, seed_files

_WITHOUT: Mapping[str, Collection[str]] = {"reference_date": ("valid_from", "valid_to"), "member": NAMES}
"""By what a seed touches the columns that no edition takes anything of."""

REFERENCE_DATA = "reference data"
"""The class of a revision that a correction of the reference data explains."""
METHOD = "method"
"""The class of one that follows from weights, tiers or questions."""
_OF_THE_METHOD = ("frameworks/", "allotments/", "tiers")


@dataclass(frozen=True)
class _Edition:
    """What decides whether a row touches an edition.

    Attributes:
        name: the edition.
        day: its reference date, the last day of the reference year; None for an edition that the seeds do not know.
        members: the states that take part in it, or did, as iso3 codes.
    """

    name: str
    day: date | None
    members: frozenset[str]


def _in_force(row: Row, edition: _Edition) -> bool:
    """Whether the row's state takes part and its period covers the reference date."""
    if edition.day is None or row["iso3"] not in edition.members:
        return False
    first, last = row["valid_from"], row["valid_to"]
    return first <= edition.day.isoformat() and (not last or last >= edition.day.isoformat())


_TOUCHES: dict[str, Callable[[Row, _Edition], bool]] = {
    "edition": lambda row, edition: row["edition"] == edition.name,
    "from_edition": lambda row, edition: row["from_edition"] <= edition.name,
    "to_edition": lambda row, edition: row["to_edition"] == edition.name,
    "every_edition": lambda row, edition: True,
    "member": lambda row, edition: row["iso3"] in edition.members,
    "reference_date": _in_force,
    "none": lambda row, edition: False,
}


def touching(edition: str, seeds: Path) -> dict[str, list[Row]]:
    """The rows of the seeds that touch an edition.

    Args:
        edition: the edition.
        seeds: the folder of the seeds.

    Returns:
        By seed (gci.reference.seed_files names it) its rows in the order of the file, every cell as text. A seed
        of which no row touches the edition is not there. Rows that count by the reference date come without their
        period (that it covers the date is all that an edition takes of it), those of states without their names.

    Raises:
        Blocked: a seed does not declare what it touches.
    """
    about = _about(edition, seeds)
    found = {}
    for name, path in seed_files(seeds).items():
        touches = declared(path)
        without = _WITHOUT.get(touches, ())
        if rows := [_less(row, without) for row in rows_of(path) if _TOUCHES[touches](row, about)]:
            found[name] = rows
    return found


def _less(row: Row, columns: Collection[str]) -> Row:
    return {name: cell for name, cell in row.items() if name not in columns}


def declared(seed: Path) -> str:
    """What a seed (the path of its CSV file) declares to touch. Raises Blocked, saying what is to be written where."""
    described = seed.with_suffix(".yml")
    try:
        (one,) = yaml.load(described.read_text(encoding="utf-8"), yaml.CSafeLoader)["seeds"]
        touches = str(one["config"]["meta"]["touches"])
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError):
        touches = ""
    if touches not in _TOUCHES:
        known = ", ".join(_TOUCHES)
        raise Blocked(
            f"{described} does not say which editions a row of {seed.name} touches. Write config: meta: touches: with "
            f"one of {known}. Until then nobody can tell what a change of it changes. Nothing was changed."
        )
    return touches


def revised(before: Mapping[str, str], after: Mapping[str, str]) -> list[dict[str, str]]:
    """The revisions of reference data between two vintages of an edition.

    Args:
        before: by seed the digest of what touched the edition then; empty where that was not kept.
        after: the same now.

    Returns:
        Per seed that differs its name and the class of what follows from it; none where nothing is known of before.
    """
    differing = sorted(seed for seed in before.keys() | after.keys() if before.get(seed) != after.get(seed))
    return [{"class": _class_of(seed), "seed": seed} for seed in differing] if before else []


def _class_of(seed: str) -> str:
    return METHOD if seed.startswith(_OF_THE_METHOD) else REFERENCE_DATA


def _about(edition: str, seeds: Path) -> _Edition:
    years = [row["reference_year"] for row in rows_of(seed_file("editions", seeds)) if row["edition"] == edition]
    there = {row["iso3"] for row in rows_of(seed_file("states/membership", seeds)) if row["edition"] == edition}
    joined = {row["iso3"] for row in rows_of(seed_file("round_events", seeds)) if row["edition"] == edition}
    return _Edition(edition, date(int(years[0]), 12, 31) if years else None, frozenset(there | joined))
