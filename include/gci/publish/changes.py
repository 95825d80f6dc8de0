"""What changed between two vintages of an edition, cell by cell: what it was, what it is, of which class, why, by whom.

The one place that computes it: a release's changes.json and its notes are written from it, and `gci diff` shows it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from gci.core.database.warehouse_file import attach, columns, key, quoted, reading, rows, tables
from gci.core.lines import PARTNERS
from gci.publish.partner_changes import partner_changes

if TYPE_CHECKING:
    import duckdb

CELLS = {
    "overall_scores": ("score", "rank", "tier", "respondent_status"),
    "pillar_scores": ("score",),
    "answers": ("answer",),
    "reconciliation": ("verdict",),
    "editions": ("collection_from", "collection_to", "published_on", "status", "title_en"),
}
"""Tables and columns whose cells are compared."""
SCORES = ("overall_scores", "pillar_scores")
OTHER = "another edition: score_changes says what of it is comparable"
ALSO = "follows from other states"
"""Why a rank changes where the score does not."""


def changes(earlier: Path | None, later: Path, edition: str, before: str | None = None) -> list[dict[str, Any]]:
    """The cells of an edition that differ between two files, or those of two editions.

    Args:
        earlier: the file of the vintage to start from; None where there is none.
        later: the file of the vintage to compare with.
        edition: the edition.
        before: the edition of the earlier file, where it is another one: then scores alone are compared, and the class
            is `edition`.

    Returns:
        Of `partners` the values of partners that differ (gci.publish.partner_changes). Otherwise
        per cell: table, `of` (its key, but for the edition), column, old, new, class (error, late return, method or
        reference data; None where a rank moved with those of others), reason, approver, cause (SHA-256 of the file
        behind it). In the order of tables, keys and columns.
    """
    if edition == PARTNERS:
        return partner_changes(earlier, later)
    if earlier is None:
        return []
    found: list[dict[str, Any]] = []
    with reading(later, "later") as connection:
        attach(connection, earlier, "earlier")
        both = tables(connection, "earlier").keys() & tables(connection, "later").keys()
        if before not in (None, edition):
            for table in SCORES:
                cells = _cells(connection, table, ("score",), (str(before), edition))
                found += [cell | _said("edition", OTHER, None, None) for cell in cells]
            return found
        whys = _whys(connection, edition)
        for table, compared in CELLS.items():
            if table in both:
                cells = _cells(connection, table, compared, (edition, edition))
                found += [cell | _why(cell, whys) for cell in cells]
    return found


def decided(earlier: Path | None, later: Path, edition: str) -> list[dict[str, Any]]:
    """The decisions on an edition that the later file has and the earlier one has not.

    Args:
        earlier: the file before; None where there is none.
        later: the file now.
        edition: the edition.

    Returns:
        Rows of the table `decisions`, in the order of their ids; none of a file that has no such table.
    """
    with reading(later, "later") as connection:
        if "decisions" not in tables(connection, "later"):
            return []
        known: set[str] = set()
        if earlier is not None:
            attach(connection, earlier, "earlier")
            if "decisions" in tables(connection, "earlier"):
                known = {row["id"] for row in rows(connection, "select id from earlier.main.decisions")}
        listed = rows(connection, f"from later.main.decisions where edition = {quoted(edition)} order by id")
    return [row for row in listed if row["id"] not in known]


def _cells(
    connection: duckdb.DuckDBPyConnection, table: str, compared: tuple[str, ...], editions: tuple[str, str]
) -> list[dict[str, Any]]:
    there = columns(connection, table, "earlier").keys() & columns(connection, table, "later").keys()
    keys = [name for name in key(connection, table, "later") if name != "edition"]
    names = [name for name in compared if name in there]
    listed = ", ".join(f'"{name}"' for name in keys) or "true as single"
    using = ", ".join(f'"{name}"' for name in keys) or "single"
    cells = ", ".join(f'"{name}"' for name in names)
    sides = {
        side: f"(select {listed}, {cells} from {side}.main.{table} where edition = {quoted(edition)})"
        for side, edition in zip(("earlier", "later"), editions, strict=True)
    }
    shown = ", ".join(f'{side}."{name}" as "{side} {name}"' for side in sides for name in names)
    statement = f"""
        select {using}, {shown}
        from {sides["earlier"]} as earlier full join {sides["later"]} as later using ({using})
        order by {using}
    """
    return [
        {"table": table, "of": {name: row[name] for name in keys}, "column": name}
        | {"old": row[f"earlier {name}"], "new": row[f"later {name}"]}
        for row in rows(connection, statement)
        for name in names
        if row[f"earlier {name}"] != row[f"later {name}"]
    ]


def _whys(connection: duckdb.DuckDBPyConnection, edition: str) -> dict[str, dict[Any, dict[str, Any]]]:
    """What the newer of the two files says of revisions since the other one, its decisions; the answers of both."""
    own = f"edition = {quoted(edition)}"
    vintages = {
        side: rows(connection, f"select max(vintage) as n from {side}.main.editions where {own}")[0]["n"] or 0
        for side in ("later", "earlier")
    }
    newer = max(vintages, key=lambda side: int(vintages[side]))
    there = tables(connection, newer).keys()
    revisions: list[dict[str, Any]] = []
    if "revisions" in there:
        since = min(vintages.values())
        revisions = rows(connection, f"from {newer}.main.revisions where {own} and vintage > {since} order by vintage")
    in_time = "order by answered_by is null, vintage, decided_on, id"  # what stands comes last
    decisions: list[dict[str, Any]] = []
    if "decisions" in there:
        decisions = rows(connection, f"from {newer}.main.decisions where {own} {in_time}")
    behind = "iso3, item, pillar, return_digest, review_digest, review_reason, file, reason"
    answers: dict[str, dict[Any, dict[str, Any]]] = {"later": {}, "earlier": {}}
    for side, found in answers.items():
        if {"review_digest", "review_reason"} <= columns(connection, "answers", side).keys():
            listed = rows(connection, f"select {behind} from {side}.main.answers where {own}")
            found.update({(row["iso3"], row["item"]): row for row in listed})
    return {
        "revisions": {(row["iso3"], row["dimension"]): row for row in revisions},
        "files": {row["cause_digest"]: row for row in revisions},
        "decisions": {row["id"]: row for row in decisions},
        "answers": answers["later"],
        "answers before": answers["earlier"],
    }


def _why(cell: dict[str, Any], whys: dict[str, dict[Any, dict[str, Any]]]) -> dict[str, Any]:
    of = cell["of"]
    if cell["table"] == "answers":
        return _why_answer(of, whys)
    if cell["table"] == "editions":
        return _by_decision(cell["column"], whys)
    dimension = of.get("dimension") or of.get("pillar") or "overall"
    revision = whys["revisions"].get((of["iso3"], dimension))
    if revision:
        return _said(revision["class"], revision["reason"], revision["approver"], revision["cause_digest"])
    if cell["table"] == "reconciliation":
        return _by_decision(f"{of.get('source')}/{dimension}", whys, of["iso3"])
    if cell["column"] == "respondent_status":
        return _by_decision("respondent_status", whys, of["iso3"])
    return _said(None, ALSO, None, None)


def _why_answer(of: dict[str, Any], whys: dict[str, dict[Any, dict[str, Any]]]) -> dict[str, Any]:
    now, before = (whys[name].get((of["iso3"], of["item"]), {}) for name in ("answers", "answers before"))
    if now.get("review_digest") and now["review_digest"] != before.get("review_digest"):
        reviewed = whys["files"].get(now["review_digest"], {})
        return _said("error", now["review_reason"], reviewed.get("approver"), now["review_digest"])
    revision = whys["revisions"].get((of["iso3"], now.get("pillar") or before.get("pillar")))
    digests = {one["decision_digest"] for one in whys["decisions"].values()}
    decided = revision is not None and revision["cause_digest"] in digests  # no newer file is nearer to the figure
    if now.get("return_digest") and now["return_digest"] != before.get("return_digest") and not decided:
        return _said("late return", f"newer return {now['file']}", None, now["return_digest"])
    if revision:
        return _said(revision["class"], revision["reason"], revision["approver"], revision["cause_digest"])
    return _said(None, None, None, None)


def _by_decision(subject: str, whys: dict[str, dict[Any, dict[str, Any]]], iso3: str | None = None) -> dict[str, Any]:
    """The decision on a subject that stands, or the one that took it back; reference data of the code without one."""
    found = [one for one in whys["decisions"].values() if (one["subject"], one["iso3"]) == (subject, iso3)]
    if not found:
        return _said("reference data", None, None, None)
    one = whys["decisions"].get(found[-1]["answered_by"], found[-1])
    kind = "error" if one["kind"] == "known_error" else "reference data"
    return _said(kind, f"{one['id']}: {one['reason']}", one["approver"], one["decision_digest"])


def _said(kind: str | None, reason: str | None, approver: str | None, cause: str | None) -> dict[str, Any]:
    return {"class": kind, "reason": reason, "approver": approver, "cause": cause}
