"""How far an edition's collection is, as survey.duckdb says: the command line and the page in Airflow show the same."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, get_args

from gci.casework.cases import by_state, cases, in_words
from gci.casework.reading import rows_of
from gci.collect.batches import home_of, passed_over, seen
from gci.core.disclaimer import SYNTHETIC
from gci.core.paths import DataFolders
from gci.core.records import Kind
from gci.partners.freshness import SourceAge, ages
from gci.reference.seeds import edition as known
from gci.reference.seeds import items, member_states, members
from gci.sign_off.open_comments import open_comments
from gci.sign_off.pending import pending
from gci.storage.drafts import Said

_STATE = (
    *("invited", "last_day", "extended_to", "received_at", "form", "language", "synthetic", "answered", "complete"),
    *("reviewed", "late", "overdue", "withdrawn", "open_cases", "to_ask", "attention", "last_change"),
    *("draft", "draft_sent_on", "draft_last_day", "comments_to_answer"),
)
_FILE = ("file", "received_at", "problems", "report", "replaced")
_REFUSED = "refused_file"


def status(edition: str, folders: DataFolders) -> dict[str, Any]:
    """What has come in for an edition, as of the last refresh of survey.duckdb.

    Args:
        edition: the edition.
        folders: where survey.duckdb lies.

    Returns:
        edition, as_of, synthetic (whether its returns are invented), items (of its framework), states: per member state
        iso3, name, region, collectors (state, desk), files, refused (file, received_at, problems, report, replaced:
        whether one of the same sender was accepted since), report (on what was taken) and the columns of survey_status;
        not_placed: refused files that name no state of the edition; partners: per source file, taken_on, current_on,
        age_days, stale_days, too_old, required, failure of the last fetch; waiting: files in the inbox that the next
        collection takes, by kind; not_taken: those that it leaves, each with the reason (still being written, an
        upload, hidden); totals, with the cases by how they stand. Times are UTC.

    Raises:
        WrongUsage: there is no such edition.
        TryAgain: survey.duckdb has not been made, or cannot be read.
    """
    count = len(items(known(edition).edition))
    found = rows_of("survey_status", edition, "iso3", folders)
    files = rows_of("refused_files", edition, "received_at, file, digest", folders)
    of_the_round = cases(edition, None, folders)
    came = {row["iso3"]: row["received_at"] for row in found if row["received_at"]}
    refused = [_refused(one, folders) | {"replaced": _replaced(one, of_the_round, came)} for one in files]
    of_the_edition = members(edition) | {row["iso3"] for row in found}
    states = [_state(row, [one for one in refused if one["iso3"] == row["iso3"]], folders) for row in found]
    invited = [state for state in states if state["invited"]]
    (refresh,) = rows_of("survey_refresh", None, "as_of", folders)
    return {
        "edition": edition,
        "as_of": refresh["as_of"],
        "synthetic": any(state["synthetic"] for state in states),
        "items": count,
        "states": states,
        "not_placed": [one for one in refused if one["iso3"] not in of_the_edition],
        "partners": partner_ages(folders),
        "waiting": {kind: len(_waiting(kind, edition, folders)) for kind in get_args(Kind)},
        "not_taken": _not_taken(edition, folders),
        "totals": {
            "invited": len(invited),
            "received": sum(state["received_at"] is not None for state in invited),
            "complete": sum(state["complete"] == 1 for state in invited),
            "reviewed": sum(state["reviewed"] == 1 for state in invited),
            "refused": sum(bool(state["refused"]) for state in invited),
            "refused_files": len(refused),
            "to_be_mended": sum(not one["replaced"] for one in refused),
            "late": sum(state["late"] for state in invited),
            "overdue": sum(state["overdue"] for state in invited),
            "withdrawn": sum(state["withdrawn"] for state in invited),
            "open_cases": sum(case["state"] != "closed" for case in of_the_round),
            "cases": by_state(of_the_round),
            "to_ask": sum(state["to_ask"] for state in states),
            "drafts": {said: sum(state["draft"] == said for state in states) for said in get_args(Said)},
            "comments_to_answer": sum(state["comments_to_answer"] for state in states),
        },
        "before_release": open_comments(edition, folders) if pending(folders, edition) else [],
    }


def summary(found: Mapping[str, Any]) -> str:
    """The round in a line, in English.

    Args:
        found: what `status` gave.
    """
    totals = found["totals"]
    invented = f"{SYNTHETIC} " if found["synthetic"] else ""
    line = (
        f"{found['edition']}: {invented}{totals['received']} of {totals['invited']} states have sent something, "
        f"{totals['complete']} are complete, {totals['reviewed']} wholly reviewed, "
        f"{totals['refused']} had a file refused ({totals['refused_files']} files, {totals['to_be_mended']} not "
        "replaced since)."
    )
    said = [f"{totals[name]} {name}" for name in ("overdue", "late", "withdrawn") if totals[name]]
    if totals["open_cases"]:
        said.append(f"{in_words(totals['cases'])}; {totals['to_ask']} to ask about")
    line = f"{line} Besides: {', '.join(said)}." if said else line
    return " ".join(filter(None, (line, _told_of_drafts(totals), _told_of_release(found), _told_of_waiting(found))))


def _told_of_drafts(totals: Mapping[str, Any]) -> str:
    """How the drafts of scores stand; empty where none was made."""
    of = totals["drafts"]
    if not any(of.values()):
        return ""
    unsent = f"{of['made']} made and not sent, " if of["made"] else ""
    sent = sum(of.values()) - of["made"]
    answered = f"{of['return']} answered by a return, {of['comment']} by a comment, {of['silence']} by silence"
    told = f"Drafts: {unsent}{sent} sent, {answered}, {of['waiting']} waiting."
    left = totals["comments_to_answer"]
    return f"{told} {left} comment{'' if left == 1 else 's'} to be answered." if left else told


def _told_of_release(found: Mapping[str, Any]) -> str:
    """A warning where a release is about to go out while states and the index team still talk of its drafts."""
    told = " ".join(found["before_release"])
    return f"BEFORE THE RELEASE that waits: {told}" if told else ""


def _told_of_waiting(found: Mapping[str, Any]) -> str:
    """What the next collection takes, and which command that is; empty where nothing waits."""
    names = {"survey": ("return", "returns"), "reviews": ("review file", "review files")}
    names |= {"partners": ("partner file", "partner files"), "decisions": ("file of decisions", "files of decisions")}
    told = [f"{count} {names[kind][count != 1]}" for kind, count in found["waiting"].items() if count]
    if not told:
        return ""
    verb = "waits" if sum(found["waiting"].values()) == 1 else "wait"
    return (
        f"{', '.join(told)} {verb} in the inbox and {'is' if verb == 'waits' else 'are'} not counted yet: "
        f"`gci run --edition {found['edition']}` or the DAG collect_survey takes them."
    )


def regions(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The round by region, from what `status` gave.

    Returns:
        Per region: region, invited, received, complete, reviewed (states), open_cases, refused (files not replaced).
    """
    told = []
    for region in sorted({state["region"] for state in found["states"]}):
        invited = [one for one in found["states"] if one["region"] == region and one["invited"]]
        told.append(
            {
                "region": region,
                "invited": len(invited),
                "received": sum(one["received_at"] is not None for one in invited),
                "complete": sum(one["complete"] == 1 for one in invited),
                "reviewed": sum(one["reviewed"] == 1 for one in invited),
                "open_cases": sum(one["open_cases"] for one in invited),
                "refused": sum(not file["replaced"] for one in invited for file in one["refused"]),
            }
        )
    return told


def is_synthetic(edition: str, folders: DataFolders) -> bool:
    """Whether the returns of an edition that count are invented; no edition mixes them with real ones.

    Raises:
        TryAgain: survey.duckdb has not been made, or cannot be read.
    """
    return any(row["synthetic"] for row in rows_of("survey_status", edition, "iso3", folders))


def _not_taken(edition: str, folders: DataFolders) -> list[dict[str, str]]:
    """What lies in the inboxes of the edition and of the partners and is not collected yet, each with the reason."""
    kinds = get_args(Kind)
    found = [(home_of(kind, folders), path, why) for kind in kinds for path, why in passed_over(kind, folders)]
    return [
        {"file": path.relative_to(home.parent).as_posix(), "reason": why}
        for home, path, why in found
        if home.name == "partners" or edition in path.relative_to(home).parts or path.parent == home
    ]


def _replaced(one: Mapping[str, Any], of_the_round: list[dict[str, Any]], came: Mapping[str, str]) -> bool:
    """Whether the sender of a refused file has sent one since that was taken.

    In a round that is followed its case says so; of other editions, whether a newer return of the state counts.
    """
    if any(case["kind"] == _REFUSED for case in of_the_round):
        waits = (case for case in of_the_round if case["kind"] == _REFUSED and case["state"] != "closed")
        return one["digest"] not in {case["last_digest"] for case in waits}
    return came.get(one["iso3"] or "", "") > str(one["received_at"])


def _waiting(kind: Kind, edition: str, folders: DataFolders) -> list[str]:
    """The files that the next collection takes: of this edition or of no folder; of partners all."""
    home = home_of(kind, folders)
    return [
        path.name
        for path, reason in seen(kind, folders)
        if reason is None and (kind == "partners" or edition in path.relative_to(home).parts or path.parent == home)
    ]


def _state(row: dict[str, Any], refused: list[dict[str, Any]], folders: DataFolders) -> dict[str, Any]:
    known_states = member_states()
    return {
        "iso3": row["iso3"],
        "name": row["member_state"],
        "region": known_states[row["iso3"]].itu_region if row["iso3"] in known_states else "",
        "collectors": (row["collectors"] or "").split(),
        "files": row["files"] or [],
        "refused": [{name: one[name] for name in _FILE} for one in refused],
        "report": row["report"] and str(folders.root / row["report"]),
        **{name: row[name] for name in _STATE},
        "complete": row["complete"] or 0.0,
        "reviewed": row["reviewed"] or 0.0,
    }


def _refused(row: dict[str, Any], folders: DataFolders) -> dict[str, Any]:
    return row | {"problems": json.loads(row["problems"]), "report": str(folders.root / row["report"])}


def partner_ages(folders: DataFolders) -> list[dict[str, Any]]:
    """How old the data of each partner is, by source.

    Returns:
        Per partner: source, file (its newest one), taken_on and current_on (ISO days, or None), age_days, stale_days
        (how old it may be), too_old, required (for an edition), failure (why it could not be fetched, or None).
    """
    return [_partner(one) for one in ages(folders)]


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
