"""What changed between two vintages of an edition, and why: down to the returns and reviews behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from gci.build.touched import REFERENCE_DATA, revised
from gci.core.database.warehouse_file import attach, columns, key, quoted, reading, rows, tables
from gci.core.lines import tables_of
from gci.core.paths import DataFolders
from gci.publish.changes import changes, decided
from gci.publish.contents import PROVENANCE, rows_of
from gci.storage.receipts import receipt
from gci.storage.release_log import Release

if TYPE_CHECKING:
    import duckdb

_COMPARED = {
    "answers": (
        *("answer", "source", "reason", "evidence_url", "return_digest"),
        *("review_digest", "review_reason", "file", "row"),
    ),
    "overall_scores": ("score", "rank", "tier", "respondent_status", "answered"),
    "pillar_scores": ("score",),
    "indicator_scores": ("score", "weight", "points"),
    "framework": ("parent", "level", "pillar", "concept", "label_en", "weight", "weight_fraction"),
    "group_members": ("basis",),
    "group_scores": ("member_states", "mean", "median", "minimum", "maximum", "with_data", "mean_with_data"),
    "corrections": ("iso3", "dimension", "published", "corrected", "what_is_wrong", "reason", "status", "bites"),
}


def diff(earlier: Release, later: Release, folders: DataFolders) -> dict[str, Any]:
    """Compare two vintages of one edition; of two editions their scores alone.

    Args:
        earlier: the vintage to start from.
        later: the vintage to compare with.
        folders: the landing zone, for the receipts of what came in or went.

    Returns:
        edition, changes and decisions (as gci.publish.changes computes them), from and to (vintage, when, by whom, why,
        code), inputs (added, removed: kind, digest, receipt), reference (class, seed: reference data that is another),
        one list of changes per compared table (see `changed`; answers with `why`, overall and group scores with
        `because`, group scores with whether members `moved`), and `other_tables`: in how many rows each further table
        differs; places (what each node counts towards).

        Of two editions all of these are empty, but for edition, changes, from and to.
    """
    if earlier.edition != later.edition:
        return {
            "edition": later.edition,
            "changes": changes(earlier.database, later.database, later.edition, earlier.edition),
            "decisions": [],
            "from": _told(earlier),
            "to": _told(later),
            "inputs": {"added": [], "removed": []},
            "reference": [],
            **{table: [] for table in _COMPARED},
            "other_tables": {},
        }
    with reading(later.database, "later") as connection:
        attach(connection, earlier.database, "earlier")
        both = tables(connection, "earlier").keys() & tables(connection, "later").keys()
        found: dict[str, Any] = {
            table: changed(connection, table, names, later.edition) if table in both else []
            for table, names in _COMPARED.items()
        }
        further = tables_of(later.edition, tables(connection, "later").keys() - set(_COMPARED) - set(PROVENANCE))
        others = {table: _differing(connection, table, later.edition) for table in further}
        told = "framework" in both and "parent" in columns(connection, "framework", "later")
        places = _places(connection, later.edition) if told else {}
    inputs = _inputs(earlier, later, folders)
    cells = changes(earlier.database, later.database, later.edition)
    decisions = decided(earlier.database, later.database, later.edition)
    behind = _by_decisions(cells, decisions)
    for answer in found["answers"]:
        answer["why"] = behind.get((answer["iso3"], answer["item"])) or _why(answer, inputs["added"], folders)
    for score in found["overall_scores"]:
        score["because"] = _because(score["iso3"], found, behind)
    for figure in found["group_scores"]:
        figure["because"], figure["moved"] = _because_of_members(figure, found)
    return {
        "edition": later.edition,
        "changes": cells,
        "decisions": decisions,
        "from": _told(earlier),
        "to": _told(later),
        "inputs": inputs,
        "reference": revised(*(release.manifest.get("reference", {}) for release in (earlier, later))),
        **found,
        "places": places,
        "other_tables": {table: count for table, count in others.items() if count},
    }


def _places(connection: duckdb.DuckDBPyConnection, edition: str) -> dict[str, str]:
    """What each node of the later framework counts towards: a question its indicator, an indicator its pillar."""
    told = f"select node, parent from later.main.framework where edition = {quoted(edition)} and parent is not null"
    return {row["node"]: row["parent"] for row in rows(connection, f"{told} order by node")}


def changed(
    connection: duckdb.DuckDBPyConnection, table: str, compared: Sequence[str], edition: str
) -> list[dict[str, Any]]:
    """The rows of an edition that differ between the attached databases `earlier` and `later`.

    Args:
        connection: both are attached.
        table: a table that both have.
        compared: columns to compare; one that either lacks is left out.
        edition: the edition.

    Returns:
        Per row its key (but for the edition), `what` (changed, added, removed), `differs` (columns), and `before` and
        `after` with the compared columns; None where there is no row.
    """
    there = columns(connection, table, "earlier").keys() & columns(connection, table, "later").keys()
    keys = [column for column in key(connection, table, "later") if column != "edition"]
    names = [column for column in compared if column in there]
    side = f"select {_listed(keys)}, true as there, {_listed(names)} from {{}}.main.{table} where edition = {{}}"
    earlier, later = (side.format(name, quoted(edition)) for name in ("earlier", "later"))
    before, after = (", ".join(f'{name}."{column}"' for column in names) for name in ("earlier", "later"))
    shown = ", ".join(f'{name}."{column}" as "{name} {column}"' for name in ("earlier", "later") for column in names)
    statement = f"""
        select {_listed(keys)}, earlier.there as "was there", later.there as "is there", {shown}
        from ({earlier}) as earlier full join ({later}) as later using ({_listed(keys)})
        where earlier.there is distinct from later.there or ({before}) is distinct from ({after})
        order by {_listed(keys)}
    """
    return [_change(row, keys, names) for row in rows(connection, statement)]


def _change(row: dict[str, Any], keys: list[str], names: list[str]) -> dict[str, Any]:
    what = "changed" if row["was there"] and row["is there"] else "added" if row["is there"] else "removed"
    return {column: row[column] for column in keys} | {
        "what": what,
        "differs": [name for name in names if row[f"earlier {name}"] != row[f"later {name}"]],
        "before": {name: row[f"earlier {name}"] for name in names} if row["was there"] else None,
        "after": {name: row[f"later {name}"] for name in names} if row["is there"] else None,
    }


def _differing(connection: duckdb.DuckDBPyConnection, table: str, edition: str) -> int:
    """How many rows of the edition's part of a table are in one vintage and not in the other."""
    if table not in tables(connection, "earlier"):
        return int(rows(connection, f"select count(*) as n {rows_of(connection, table, edition, 'later')}")[0]["n"])
    # What one of the two lacks, since it is of another version of the program, cannot be compared.
    both = [name for name in columns(connection, table, "later") if name in columns(connection, table, "earlier")]
    earlier, later = (
        f"select {_listed(both)} {rows_of(connection, table, edition, name)}" for name in ("earlier", "later")
    )
    counted = "select count(*) as n from (({}) except all ({}))"
    both_ways = (counted.format(earlier, later), counted.format(later, earlier))
    return sum(int(row["n"]) for statement in both_ways for row in rows(connection, statement))


def _by_decisions(
    cells: list[dict[str, Any]], decisions: list[dict[str, Any]]
) -> dict[tuple[str, str], dict[str, Any]]:
    """What a decision says is behind an answer, or behind a column of an overall score, by state and item or column."""
    digests = {one["decision_digest"] for one in decisions}
    return {
        (cell["of"]["iso3"], cell["of"].get("item") or cell["column"]): {"by": "decision", "says": cell["reason"]}
        for cell in cells
        if cell["table"] in ("answers", "overall_scores") and cell["cause"] in digests
    }


def _why(answer: dict[str, Any], added: list[dict[str, Any]], folders: DataFolders) -> dict[str, Any]:
    """What is behind a changed answer: a review, a return (of the state or desk research), or the framework."""
    after = answer["after"]
    if answer["what"] != "changed":
        return {"by": "framework", "says": f"the item was {answer['what']}"}
    if "review_digest" in answer["differs"] and not after["review_digest"]:
        return {"by": "review", "says": "an earlier review no longer counts"}
    if "review_digest" in answer["differs"]:
        return {
            "by": "review",
            "says": f"{after['reason']}: {after['review_reason'] or 'no reason given'}",
            "digest": after["review_digest"],
            "receipt": receipt(after["review_digest"], folders),
        }
    if after["source"] == "none":
        return {"by": "return", "says": "left out of the newer return"} | _newer_return(answer["iso3"], added)
    return {
        "by": "return",
        "says": f"{after['source']}: {after['file']} row {after['row']}",
        "digest": after["return_digest"],
        "receipt": receipt(after["return_digest"], folders),
    }


def _newer_return(iso3: str, added: list[dict[str, Any]]) -> dict[str, Any]:
    """Digest and receipt of the last return of a state among the files that came in."""
    of_state = [one for one in added if one["kind"] == "survey" and (one["receipt"] or {}).get("iso3") == iso3]
    newest = max(of_state, key=lambda one: (one["receipt"]["received_at"], one["digest"]), default=None)
    return {"digest": newest["digest"], "receipt": newest["receipt"]} if newest else {}


def _because(iso3: str, found: dict[str, list[dict[str, Any]]], behind: dict[tuple[str, str], dict[str, Any]]) -> str:
    """What is behind a changed score or rank: the state's own answers, the framework, or other states' scores."""
    items = [answer["item"] for answer in found["answers"] if answer["iso3"] == iso3 and _counts(answer)]
    reasons = [f"answers changed: {', '.join(items)}"] if items else []
    if any({"weight", "pillar", "parent"} & set(node["differs"]) for node in found["framework"]):
        reasons.append("the framework changed")
    status = behind.get((iso3, "respondent_status"))
    if status:
        reasons.append(status["says"])
    return "; ".join(reasons) or "the scores of other states, or a source that is held beside them, changed"


def _because_of_members(figure: dict[str, Any], found: dict[str, list[dict[str, Any]]]) -> tuple[str, bool]:
    """What is behind a changed figure of a group: who is in it, or what its members score; whether it is the former."""
    group = (figure["grouping"], figure["member_group"])
    moved = [one for one in found["group_members"] if (one["grouping"], one["member_group"]) == group]
    told = [
        f"{said} {', '.join(states)}"
        for what, said in (("added", "with"), ("removed", "without"))
        if (states := [one["iso3"] for one in moved if one["what"] == what])
    ]
    return (f"{REFERENCE_DATA}: {'; '.join(told)}", True) if told else ("scores of its members changed", False)


def _counts(answer: dict[str, Any]) -> bool:
    """Whether the value of the answer changed, and not only where it stands."""
    return answer["what"] != "changed" or "answer" in answer["differs"]


def _told(release: Release) -> dict[str, Any]:
    papers = release.document
    return {
        "edition": release.edition,
        "vintage": release.vintage,
        "published_at": papers["published_at"],
        "synthetic": bool(papers.get("synthetic", False)),
        "signed_by": papers["sign_off"]["name"],
        "note": papers["sign_off"]["note"],
        "code_version": papers["code_version"],
        "content_digest": papers["content_digest"],
    }


def _inputs(earlier: Release, later: Release, folders: DataFolders) -> dict[str, list[dict[str, Any]]]:
    """The files that went into one of the two vintages only."""
    went_in = [
        {(entry["kind"], entry["digest"]) for entry in release.manifest["inputs"] if _concerns(entry, release)}
        for release in (earlier, later)
    ]
    return {
        "added": [_input(kind, digest, folders) for kind, digest in sorted(went_in[1] - went_in[0])],
        "removed": [_input(kind, digest, folders) for kind, digest in sorted(went_in[0] - went_in[1])],
    }


def _concerns(entry: dict[str, Any], release: Release) -> bool:
    return entry["edition"] in (release.edition, None)


def _input(kind: str, digest: str, folders: DataFolders) -> dict[str, Any]:
    return {"kind": kind, "digest": digest, "receipt": receipt(digest, folders)}


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
