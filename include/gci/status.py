"""How far an edition's collection is: per state what came in, what was refused and why, what is reviewed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gci.freshness import SourceAge, ages
from gci.paths import DataFolders
from gci.publish.database import engine, quoted, rows
from gci.reference import edition as known
from gci.reference import items, member_states, members

_RECEIPT = """{
    'digest': 'varchar', 'kind': 'varchar', 'file': 'varchar', 'verdict': 'varchar', 'edition': 'varchar',
    'iso3': 'varchar', 'collector': 'varchar', 'received_at': 'timestamp', 'modified_at': 'timestamp',
    'problems': 'struct(severity varchar, code varchar, message varchar, "row" integer, "column" varchar)[]'
}"""

_COUNTED = """
    with counted as (  -- the return of each sender that counts, as the models have it
        select * from read_parquet({survey})
        where edition = {edition}
        qualify dense_rank() over (
            partition by iso3, collector order by received_at desc, modified_at desc, return_digest desc
        ) = 1
    ),

    answered as (
        select iso3, count(distinct item) filter (where answer is not null) as answered from counted group by iso3
    ),

    came_in as (
        select
            iso3,
            list(distinct collector order by collector) as collectors,
            list(distinct file order by file) as files,
            max(received_at) as received_at
        from counted group by iso3
    ),

    reviewed as (
        select iso3, count(distinct item) as reviewed, max(received_at) as reviewed_at
        from read_parquet({reviews}) where edition = {edition} group by iso3
    )

    select
        iso3, collectors, files, received_at, coalesce(answered, 0) as answered, coalesce(reviewed, 0) as reviewed,
        greatest(received_at, reviewed_at) as last_change
    from came_in full join answered using (iso3) full join reviewed using (iso3)
    order by iso3
"""


def status(edition: str, folders: DataFolders) -> dict[str, Any]:
    """What has come in for an edition.

    Args:
        edition: the edition.
        folders: the landing zone and the quarantine.

    Returns:
        edition, items (of its framework), states: per member state iso3, name, invited (it is a member), received_at,
        collectors (state, desk), files, answered, complete (answered of items, 0–1), reviewed (of the answered, 0–1),
        refused (file, received_at, problems) and last_change; not_placed: refused files that name no state of the
        edition; partners: per source file, taken_on, current_on, age_days, stale_days, too_old, required, failure of
        the last fetch; totals. Times are UTC.

    Raises:
        WrongUsage: there is no such edition.
    """
    count = len(items(known(edition).edition))
    came_in = {row.pop("iso3"): row for row in _came_in(edition, folders)}
    refused = _refused(edition, folders)
    names = member_states()
    states = [
        _state(
            iso3, names[iso3].names["en"], count, came_in.get(iso3, {}), [one for one in refused if one["iso3"] == iso3]
        )
        for iso3 in sorted(members(edition))
    ]
    return {
        "edition": edition,
        "items": count,
        "states": states,
        "not_placed": [one for one in refused if one["iso3"] not in members(edition)],
        "partners": [_partner(one) for one in ages(folders)],
        "totals": {
            "invited": len(states),
            "received": sum(state["received_at"] is not None for state in states),
            "complete": sum(state["complete"] == 1 for state in states),
            "reviewed": sum(state["reviewed"] == 1 for state in states),
            "refused_files": len(refused),
        },
    }


def _partner(one: SourceAge) -> dict[str, Any]:
    return {
        "source": one.source,
        "file": one.file,
        "taken_on": one.taken_on and one.taken_on.isoformat(),
        "current_on": one.current_on and one.current_on.isoformat(),
        "age_days": one.age_days,
        "stale_days": one.stale_days,
        "too_old": one.too_old,
        "required": one.required,
        "failure": one.failure or None,
    }


def _state(iso3: str, name: str, count: int, came_in: dict[str, Any], refused: list[dict[str, Any]]) -> dict[str, Any]:
    answered, reviewed = came_in.get("answered", 0), came_in.get("reviewed", 0)
    changes = [came_in.get("last_change"), *(one["received_at"] for one in refused)]
    return {
        "iso3": iso3,
        "name": name,
        "invited": True,
        "received_at": came_in.get("received_at"),
        "collectors": came_in.get("collectors") or [],
        "files": came_in.get("files") or [],
        "answered": answered,
        "complete": round(answered / count, 4),
        "reviewed": round(min(reviewed / answered, 1), 4) if answered else 0.0,
        "refused": [{name: one[name] for name in ("file", "received_at", "problems", "report")} for one in refused],
        "last_change": max((change for change in changes if change), default=None),
    }


def _came_in(edition: str, folders: DataFolders) -> list[dict[str, Any]]:
    """Per state of which something has landed: its returns that count, and how much of them is reviewed."""
    survey, reviews = (folders.landing / kind for kind in ("survey", "reviews"))
    if not any(survey.glob("*.parquet")) or not any(reviews.glob("*.parquet")):
        return []
    with engine() as connection:
        return rows(connection, _COUNTED.format(survey=_all(survey), reviews=_all(reviews), edition=quoted(edition)))


def _refused(edition: str, folders: DataFolders) -> list[dict[str, Any]]:
    """The files in quarantine that say, or lay where they say, that they are about the edition."""
    there = sorted(folders.quarantine.glob(f"*/{edition}/[!.]*/receipt.json"))
    if not there:
        return []
    listed = ", ".join(quoted(str(file)) for file in there)
    with engine() as connection:
        found = rows(
            connection,
            f"select digest, kind, file, iso3, received_at, problems, filename"
            f" from read_json([{listed}], columns = {_RECEIPT}, filename = true)"
            " where kind in ('survey', 'reviews') order by received_at, file, digest",
        )
    for one in found:
        one["report"] = str(Path(one.pop("filename")).with_name("report.html"))
    return found


def _all(folder: Path) -> str:
    """Every Parquet file of a folder of the landing zone, as an argument of SQL."""
    return quoted(str(folder / "*.parquet"))
