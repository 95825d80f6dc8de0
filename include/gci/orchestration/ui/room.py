"""The control room: all that a data engineer keeps in sight, read from the data folder and from Airflow's database."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gci.casework.status import status
from gci.collect.quarantine import not_replaced
from gci.core import clock
from gci.core.errors import GciError
from gci.core.paths import DataFolders
from gci.core.records import Receipt
from gci.diagnostics.report import place_in_words
from gci.orchestration.ui.airflow_state import Dag, Request
from gci.orchestration.ui.stations import NAMES, lines
from gci.orchestration.ui.todo import todo
from gci.partners.freshness import ages
from gci.reference.seeds import editions, member_states

REFUSED_SHOWN = 8
REGIONS = {
    "AFR": "Africa",
    "AMS": "Americas",
    "ARB": "Arab States",
    "ASP": "Asia-Pacific",
    "CIS": "CIS",
    "EUR": "Europe",
}
_COUNTED = ("invited", "received", "complete", "reviewed", "refused", "overdue", "open_cases", "to_ask")


def room(
    folders: DataFolders, dags: list[Dag], asked: Mapping[str, Request], faults: Mapping[str, str]
) -> dict[str, Any]:
    """What the page shows.

    Args:
        folders: the data folder.
        dags: our DAGs, each with its newest run.
        asked: the sign-offs that wait in Airflow, by run.
        faults: tasks that failed through no fault of the data, with their messages.

    Returns:
        Values for the template `room.html`.
    """
    moment = clock.now()
    along, refused, sources = lines(folders, asked, moment.date()), not_replaced(folders), ages(folders)
    shown = [_refused(folder, receipt, folders) for folder, receipt in reversed(refused)]
    return {
        "as_of": moment.isoformat(timespec="seconds"),
        "names": NAMES,
        "lines": along,
        "todo": todo(folders, dags, asked, faults, refused, sources, along),
        "dags": dags,
        "rounds": [found for name in sorted(editions(), reverse=True) if (found := _round(name, folders))],
        "partners": sources,
        "refused": shown[:REFUSED_SHOWN],
        "refused_more": shown[REFUSED_SHOWN:],
        "empty": not any(station.said for line in along for station in line.stations),
        "open_edition": next((name for name in sorted(editions(), reverse=True)), ""),
    }


def _refused(folder: Path, receipt: Receipt, folders: DataFolders) -> dict[str, Any]:
    errors = [problem for problem in receipt.problems if problem.severity == "error"]
    first = errors[0] if errors else None
    return {
        "file": receipt.file if receipt.part is None else f"{receipt.file}: {receipt.part}",
        "about": " ".join(filter(None, (receipt.edition, receipt.iso3, receipt.source))),
        "received_at": receipt.received_at,
        "place": place_in_words(first) if first else "",
        "first": first.told if first else "",
        "more": max(0, len(errors) - 1),
        "report": f"/reports/{(folder / 'report.html').relative_to(folders.root).as_posix()}",
    }


def _round(edition: str, folders: DataFolders) -> dict[str, Any] | None:
    """How the collection of an edition stands, by region; None where nobody follows it or nothing has come in."""
    if editions()[edition].collection_from is None or not folders.survey.is_file():
        return None
    try:
        found = status(edition, folders)
    except GciError as error:
        said = str(error).replace(f"{folders.root}/", "")
        return {"edition": edition, "as_of": "", "synthetic": False, "regions": [], "total": {}, "wrong": said}
    regions: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(_COUNTED, 0))
    known = member_states()
    for state in found["states"]:
        counted = regions[known[state["iso3"]].itu_region if state["iso3"] in known else "?"]
        for name, number in _of(state).items():
            counted[name] += number
    shown = [(REGIONS.get(code, code), regions[code]) for code in sorted(regions)]
    total = {name: sum(counted[name] for counted in regions.values()) for name in _COUNTED}
    of_no_state = found["totals"]["open_cases"] - total["open_cases"]  # files that nobody could place
    if of_no_state:
        shown.append(("no state named", dict.fromkeys(_COUNTED, 0) | {"open_cases": of_no_state}))
        total["open_cases"] += of_no_state
    return {
        "edition": edition,
        "as_of": found["as_of"],
        "synthetic": found["synthetic"],
        "regions": shown,
        "total": total,
        "wrong": "",
    }


def _of(state: Mapping[str, Any]) -> dict[str, int]:
    """One state as it counts for its region."""
    invited = bool(state["invited"])
    return {
        "invited": int(invited),
        "received": int(invited and state["received_at"] is not None),
        "complete": int(invited and state["complete"] == 1),
        "reviewed": int(invited and state["reviewed"] == 1),
        "refused": int(bool(state["refused"])),
        "overdue": int(bool(state["overdue"] or state["late"])),
        "open_cases": int(state["open_cases"] or 0),
        "to_ask": int(state["to_ask"] or 0),
    }


def faults() -> dict[str, str]:
    """Tasks that failed through no fault of the data, by DAG and task, as they noted it in Airflow's variables."""
    from airflow.models import Variable

    from gci.orchestration.tasks.instrumented import FAULTS

    try:
        noted = json.loads(Variable.get(FAULTS, default_var="{}"))
        return {str(task): str(fault["message"]) for task, fault in noted.items()}
    except (ValueError, TypeError, KeyError, AttributeError):
        return {}
