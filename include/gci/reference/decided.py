"""The seeds as they are decided: what the code came with, and what decisions say before it.

One place resolves them. dbt, the gates and every reader in Python read the same files: the seeds themselves where
nothing was decided, otherwise a folder in which the seeds that decisions change are written anew.
"""

from __future__ import annotations

import csv
import io
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from gci.core.paths import SEEDS, DataFolders, data_folders
from gci.core.process_folder import process_folder
from gci.reference.decisions import ALONE, DATES, FIELDS, NAMES, OF_A_STATE, Decision, standing
from gci.reference.seed_files import Row, rows_of, seed_file

log = logging.getLogger(__name__)

Rows = dict[str, list[Row]]

_EVENTS = {"extension": "extended", "withdrawal": "withdrawn", "joins": "joined", "leaves": "left"}
_GROUPS = "states/member_state_groups"
_WITHOUT = "states/group_exceptions"


def decided_seeds(decisions: Iterable[Decision], seeds: Path = SEEDS) -> Path:
    """The folder of the seeds with what these decisions say; `seeds` itself where they change none.

    Args:
        decisions: all that count, in any order.
        seeds: the seeds as the code has them.

    Returns:
        A folder laid out as `seeds`, kept for as long as the process.
    """
    return _laid_out(tuple(standing(decisions)), seeds)


def seeds_of_today(folders: DataFolders | None = None) -> Path:
    """The seeds with all that has been decided and landed by now; without a landing zone those of the code.

    Args:
        folders: the folders of the warehouse; those of the environment when not given.
    """
    return decided_seeds(landed_decisions(folders or data_folders()))


def landed_decisions(folders: DataFolders) -> tuple[Decision, ...]:
    """Every decision that has landed, with its receipt there."""
    home = folders.landing / "decisions"
    try:
        marks = tuple(one.stat().st_mtime_ns for one in (home, folders.landing / "receipts"))
    except OSError:
        return ()
    return _landed(home, marks)


def read_decisions(files: Sequence[Path]) -> tuple[Decision, ...]:
    """The decisions in landed files, as they landed. A damaged file is told of and left out: a gate stops it."""
    return tuple(decision for file in files for decision in _in_file(file))


def _in_file(file: Path) -> Iterator[Decision]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        rows: list[dict[str, Any]] = pq.read_table(file, use_threads=False).to_pylist()
    except (OSError, pa.ArrowException) as error:
        log.warning("The decisions in %s cannot be read (%s). `gci mend` makes the file again.", file, error)
        return
    for row in rows:
        cells = {name: "" if value is None else str(value) for name, value in row.items()}
        fields = {name: cells.get(name, "") for name in Decision.__dataclass_fields__}
        came = row.get("received_at")
        moment = came.isoformat(timespec="microseconds") + "+00:00" if isinstance(came, datetime) else ""
        yield Decision(**fields | {"digest": cells.get("decision_digest", ""), "received_at": moment})


@cache
def _landed(home: Path, marks: tuple[int, ...]) -> tuple[Decision, ...]:
    receipts = home.parent / "receipts"
    files = [one for one in sorted(home.glob("[!.]*.parquet")) if (receipts / f"{one.stem}.json").is_file()]
    return read_decisions(files) if files else ()


@cache
def _laid_out(decisions: tuple[Decision, ...], seeds: Path) -> Path:
    changed = _changed(decisions, seeds)
    if not changed:
        return seeds
    home = process_folder("seeds") / "seeds"
    replaced = {seed_file(name, seeds): rows for name, rows in changed.items()}
    for path in sorted(one for one in seeds.rglob("*") if one.is_file()):
        there = home / path.relative_to(seeds)
        there.parent.mkdir(parents=True, exist_ok=True)
        if path in replaced:
            there.write_text(_as_csv(replaced[path], path), encoding="utf-8")
        else:
            there.symlink_to(path)
    return home


def _changed(decisions: Sequence[Decision], seeds: Path) -> Rows:
    """By seed the rows as decided, for those that a decision changes."""
    before: Rows = {}
    after: Rows = {}

    def rows(name: str) -> list[Row]:
        if name not in after:
            before[name] = rows_of(seed_file(name, seeds))
            after[name] = [dict(row) for row in before[name]]
        return after[name]

    for one in decisions:
        if one.kind in _DOES:
            _DOES[one.kind](one, rows)
    return {name: listed for name, listed in after.items() if listed != before[name]}


_Read = Callable[[str], list[Row]]


def _known_error(one: Decision, rows: _Read) -> None:
    source, _, dimension = one.subject.partition("/")
    place = {"edition": one.edition, "iso3": one.iso3, "dimension": dimension}
    grounds = {"author": one.author, "approver": one.approver, "recorded_on": one.decided_on}
    if source == "data360":
        listed = rows("corrections")
        _take_out(listed, place)
        listed.append(
            {"id": one.id, **place, "published": one.was, "corrected": one.value, "what_is_wrong": one.reason}
            | {"reason": one.reason, "evidence": one.evidence, "reported_to": "not yet reported", "status": "open"}
            | grounds
        )
    else:
        place |= {"source": source}
        listed = rows("published/source_differences")
        _take_out(listed, place)
        said = {"published": one.was, "by_method": one.value, "cause": "proved", "what_differs": one.reason}
        listed.append(place | said | grounds)


def _reviewed_drop(one: Decision, rows: _Read) -> None:
    place = {"from_edition": one.subject, "to_edition": one.edition, "iso3": one.iso3}
    listed = rows("reviewed_changes")
    _take_out(listed, place)
    said = {"change": one.value, "note": one.reason, "evidence": one.evidence, "reviewer": one.approver}
    listed.append(place | said | {"recorded_on": one.decided_on})


def _low_alpha(one: Decision, rows: _Read) -> None:
    place = {"edition": one.edition, "node": one.subject}
    listed = rows("reviewed_coherence")
    _take_out(listed, place)
    said = {"note": one.reason, "evidence": one.evidence, "reviewer": one.approver, "recorded_on": one.decided_on}
    listed.append(place | said)


def _event(one: Decision, rows: _Read) -> None:
    place = {"edition": one.edition, "iso3": one.iso3, "event": _EVENTS[one.value or one.kind]}
    if one.kind == "membership":  # a state may join, leave and join again
        place |= {"day": one.day}
    listed = rows("round_events")
    _take_out(listed, place)
    listed.append(place | {"day": one.day, "note": one.reason, "decided_by": one.approver})


def _calendar_date(one: Decision, rows: _Read) -> None:
    for row in rows("editions"):
        if row["edition"] == one.edition and one.subject in DATES:
            row[one.subject] = one.day


def _override(one: Decision, rows: _Read) -> None:
    seed, column, _ = FIELDS[one.subject]
    place = {} if one.subject in NAMES else {"edition": one.edition}
    place |= {"iso3": one.iso3} if one.subject in OF_A_STATE else {}
    listed = rows(seed)
    found = [row for row in listed if _is_at(row, place)]
    for row in found:
        row[column] = one.value
    if not found and one.subject == "respondent_status":
        listed.append(place | {column: one.value, "source": f"decision {one.id}"})


def _group_class(one: Decision, rows: _Read) -> None:
    begins = date.fromisoformat(one.day)
    until = (begins - timedelta(days=1)).isoformat()
    place = {"iso3": one.iso3, "grouping": one.subject}
    listed = rows(_GROUPS)
    left = place if one.subject in ALONE and not one.was else place | {"member_group": one.was}
    later = [row["valid_from"] for row in listed if _is_at(row, place) and row["valid_from"] > one.day]
    if one.was or one.subject in ALONE:
        _end(listed, left, one.day, until)
    if one.value:
        last = ""
        if one.subject in ALONE and later:
            last = (date.fromisoformat(min(later)) - timedelta(days=1)).isoformat()
        group = {"member_group": one.value, "valid_from": one.day, "valid_to": last}
        listed.append(place | group | {"basis": "listed", "note": one.reason})
        _end(rows(_WITHOUT), place | {"member_group": one.value}, one.day, until)
        _end(rows(_WITHOUT), place | {"member_group": "any"}, one.day, until)
    elif one.subject == "development":
        said = {"valid_from": one.day, "valid_to": "", "reason": "graduated", "note": one.reason}
        rows(_WITHOUT).append(place | {"member_group": one.was} | said)
    else:
        said = {"valid_from": one.day, "valid_to": "", "reason": "not_classified", "note": one.reason}
        rows(_WITHOUT).append(place | {"member_group": "any"} | said)


def _revocation(one: Decision, rows: _Read) -> None:
    """Takes an entry out of the register that the code came with; a decision is answered already."""
    listed = rows("corrections")
    listed[:] = [row for row in listed if row["id"] != one.answers]


_DOES: dict[str, Callable[[Decision, _Read], None]] = {
    "known_error": _known_error,
    "reviewed_drop": _reviewed_drop,
    "low_alpha": _low_alpha,
    "extension": _event,
    "withdrawal": _event,
    "membership": _event,
    "calendar_date": _calendar_date,
    "override": _override,
    "group_class": _group_class,
    "revocation": _revocation,
}


def _is_at(row: Row, place: Row) -> bool:
    return all(row.get(name) == value for name, value in place.items())


def _take_out(rows: list[Row], place: Row) -> None:
    rows[:] = [row for row in rows if not _is_at(row, place)]


def _end(rows: list[Row], place: Row, day: str, until: str) -> None:
    """End what holds on a day the day before; what begins then is not there at all."""
    for row in rows:
        if _is_at(row, place) and row["valid_from"] < day and (not row["valid_to"] or row["valid_to"] >= day):
            row["valid_to"] = until
    rows[:] = [row for row in rows if not (_is_at(row, place) and row["valid_from"] == day)]


def _as_csv(rows: Sequence[Row], seed: Path) -> str:
    with seed.open(encoding="utf-8", newline="") as lines:
        columns = next(csv.reader(lines))
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
