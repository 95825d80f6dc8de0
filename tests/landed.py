"""Files in a landing zone as collection leaves them, made straight from the figures that the project carries."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from gci.core.paths import REPLAY, DataFolders
from gci.core.records import Kind, Receipt
from gci.reference.decisions import HEADER
from gci.storage import landing
from gci.storage.landed_rows import rows_digest

RECEIVED = "2026-01-05 06:00:00"
Answers = Mapping[str, str | None]


@cache
def replayed(edition: str) -> dict[str, dict[str, str]]:
    """The published answers of an edition: item → text, by state."""
    with (REPLAY / f"indicator_values_{edition}.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return {row["iso3"]: {name: row[name] for name in row if name not in ("iso3", "collector")} for row in rows}


def land_replay(folders: DataFolders, edition: str, states: Iterable[str] | None = None) -> None:
    """One return for each state of a past edition, or for the states named."""
    landing.prepare(folders)
    for iso3 in states if states is not None else replayed(edition):
        land_return(folders, edition, iso3, replayed(edition)[iso3], evidence=None)


def land_return(
    folders: DataFolders,
    edition: str,
    iso3: str,
    answers: Answers,
    collector: str = "state",
    received_at: str = RECEIVED,
    form_version: str | None = None,
    sheet: str | None = None,
    evidence: str | None = "https://example.org/{iso3}/{item}",
    *,
    addition: bool = False,
) -> str:
    """One return with these answers; gives its digest."""
    landing.prepare(folders)
    digest = _digest("survey", edition, iso3, collector, received_at, answers)
    rows = [
        {
            "return_digest": digest,
            "edition": edition,
            "iso3": iso3,
            "collector": collector,
            "item": item,
            "answer": answer or None,
            "evidence_url": evidence and evidence.format(iso3=iso3.lower(), item=item),
            "comment": None,
            "file": f"{iso3}.csv",
            "sheet": sheet,
            "row": str(line),
            "received_at": received_at,
            "modified_at": received_at,
            "form_version": form_version,
            "synthetic": "false",
            "addition": str(addition).lower(),
        }
        for line, (item, answer) in enumerate(answers.items(), start=2)
    ]
    _land("survey", digest, rows, folders, edition=edition, iso3=iso3, collector=collector, answered=_answered(rows))
    return digest


def land_review(
    folders: DataFolders,
    edition: str,
    verdicts: Sequence[tuple[str, str, str, str | None]],
    day: str = "2026-01-06",
    reviewer: str = "index team",
) -> str:
    """One review file of verdicts (iso3, item, verdict, answer); gives its digest."""
    landing.prepare(folders)
    digest = _digest("reviews", edition, day, verdicts, reviewer)
    rows = [
        {
            "review_digest": digest,
            "edition": edition,
            "iso3": iso3,
            "item": item,
            "verdict": verdict,
            "answer": answer,
            "reason": "seen in the evidence",
            "reviewer": reviewer,
            "reviewed_on": day,
            "file": "reviews.csv",
            "row": str(line),
            "received_at": RECEIVED,
            "modified_at": RECEIVED,
        }
        for line, (iso3, item, verdict, answer) in enumerate(verdicts, start=2)
    ]
    _land("reviews", digest, rows, folders, edition=edition)
    return digest


def land_decisions(folders: DataFolders, edition: str, decisions: Sequence[Mapping[str, str]]) -> str:
    """One file of decisions (each: kind and whatever else it says); gives its digest."""
    landing.prepare(folders)
    digest = _digest("decisions", edition, decisions)
    nothing: dict[str, str | None] = dict.fromkeys((*HEADER, "file", "row"))
    grounds = {"reason": "why", "evidence": "a letter", "author": "Ana Lima", "approver": "Bo Chen"}
    rows = [
        nothing
        | {"decision_digest": digest, "edition": edition, "id": f"{digest[:8]}-{line}", "decided_on": "2026-01-04"}
        | {"file": "decisions.csv", "row": str(line), "received_at": RECEIVED, "modified_at": RECEIVED}
        | grounds
        | dict(said)
        for line, said in enumerate(decisions, start=2)
    ]
    _land("decisions", digest, rows, folders, edition=edition)
    return digest


def land_partner(folders: DataFolders, iso3: str, value: str, received_at: str = RECEIVED) -> str:
    """One partner file with one value; gives its digest."""
    return land_values(folders, [("partner", "users", iso3, "2020", value)], received_at)


def land_values(
    folders: DataFolders, values: Sequence[tuple[str, str, str, str, str | None]], received_at: str = RECEIVED
) -> str:
    """One partner file with these values (source, series, iso3, period, value); gives its digest."""
    landing.prepare(folders)
    digest = _digest("partners", values, received_at)
    rows = [
        {
            "landing_digest": digest,
            "source": source,
            "series": series,
            "iso3": iso3,
            "area": iso3,
            "period": period,
            "value": value,
            "unit": "PT",
            "obs_status": "A",
            "retrieved_on": None,
            "file": "values.csv",
            "row": str(line),
            "received_at": received_at,
            "modified_at": received_at,
        }
        for line, (source, series, iso3, period, value) in enumerate(values, start=2)
    ]
    _land("partners", digest, rows, folders, source=values[0][0])
    return digest


def landed(folders: DataFolders, kind: str) -> list[Path]:
    """The Parquet files of a kind, but for the one that only carries the columns."""
    return sorted(path for path in (folders.landing / kind).glob("*.parquet") if path.stem != "none")


def _answered(rows: Sequence[Mapping[str, str | None]]) -> int:
    return sum(row["answer"] is not None for row in rows)


def _land(kind: Kind, digest: str, rows: Sequence[Mapping[str, str | None]], folders: DataFolders, **said: Any) -> None:
    """Rows and receipt, as collection leaves them."""
    table = landing.table(kind, _columns(rows))
    landing.land(table, kind, digest, folders)
    file, *moments = (str(rows[0][name]) for name in ("file", "received_at", "modified_at"))
    times = [f"{moment.replace(' ', 'T')}.000000+00:00" for moment in moments]
    receipt = Receipt(digest, kind, file, "accepted", times[0], times[1], rows_digest=rows_digest(table), **said)
    landing.write_receipt(receipt, folders)


def _columns(rows: Sequence[Mapping[str, str | None]]) -> dict[str, list[str | None]]:
    return {name: [row[name] for row in rows] for name in rows[0]}


def _digest(*of: object) -> str:
    return hashlib.sha256(repr(of).encode()).hexdigest()
