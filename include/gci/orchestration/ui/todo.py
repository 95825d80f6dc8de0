"""What waits for whom, since when: what is red stands first, each with its rows and the way to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from gci.core import gates, ids
from gci.core.paths import DataFolders
from gci.core.records import Receipt
from gci.notifications.blocking import blocking
from gci.notifications.notice import Notice
from gci.orchestration.ui.airflow_state import Dag, Request
from gci.orchestration.ui.stations import Line, Link
from gci.partners.freshness import SourceAge
from gci.storage.damage import Damaged
from gci.storage.drafts import comments

_VERDICTS = frozenset({*ids.TASK_OF.values(), ids.BUILD_CANDIDATE})  # what they found stands in the candidate's folder
SOON = 14
"""Days before a date from which on it stands here."""


@dataclass(frozen=True)
class Todo:
    """Something that waits for somebody.

    Attributes:
        mark: bad (red: something stopped), waits.
        what: in a sentence.
        whom: who is to see to it.
        since: ISO 8601 UTC; '' where nothing says so.
        do: what to do.
        rows: what is wrong, row by row.
        links: where.
    """

    mark: Literal["bad", "waits"]
    what: str
    whom: str
    since: str = ""
    do: str = ""
    rows: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()


def todo(
    folders: DataFolders,
    dags: Iterable[Dag],
    asked: Mapping[str, Request],
    faults: Mapping[str, str],
    refused: Sequence[tuple[Path, Receipt]],
    sources: Iterable[SourceAge],
    lines: Iterable[Line],
) -> list[Todo]:
    """All that waits, red first.

    Args:
        folders: the data folder.
        dags: our DAGs, each with its newest run.
        asked: the sign-offs that wait in Airflow, by run.
        faults: tasks that failed through no fault of the data, with their messages.
        refused: refused files that nothing has replaced.
        sources: the age of each partner's data.
        lines: the editions, with their dates.
    """
    known = list(dags)
    red = {_plain(task.name): task.address for dag in known for task in dag.red}
    found = [_notice(one, folders, asked, red) for one in blocking(folders)]
    found += [*_runs(known, faults), *_refused(refused), *_partners(sources), *_dates(lines), *_comments(folders)]
    return sorted(found, key=lambda one: one.mark != "bad")


def _notice(one: Notice, folders: DataFolders, asked: Mapping[str, Request], red: Mapping[str, str]) -> Todo:
    kind, _, about = one.keys[0].partition(":")
    gate = one.what.split()[1] if kind == "gate" else ""
    dag = ids.PUBLISH_EDITION if gate == gates.RELEASE else ids.BUILD_INDEX
    task = Link("task and log", red.get(ids.TASK_OF.get(gate, ids.BUILD_CANDIDATE), f"/dags/{dag}"), True)
    folder = about.partition(":")[0]
    place = f"/candidates/{folder}"
    links = {
        "build": (Link("dbt run", f"{place}/dbt"), task),
        "gate": (Link("Data Docs", f"{place}/data_docs/index.html"), task),
        "waits": _to_sign(folder, folders, asked) if kind == "waits" else (),
        "rejected": (Link(ids.PUBLISH_EDITION, f"/dags/{ids.PUBLISH_EDITION}", True),),
        "not built": (Link(ids.BUILD_INDEX, f"/dags/{ids.BUILD_INDEX}", True),),
    }.get(kind, ())
    mark: Literal["bad", "waits"] = "waits" if kind == "waits" else "bad"
    return Todo(mark, one.what, one.owner, one.since, one.do, one.details, links)


def _to_sign(folder: str, folders: DataFolders, asked: Mapping[str, Request]) -> tuple[Link, ...]:
    from gci.build.candidate import load
    from gci.sign_off.pending import asked_in

    request = asked.get(asked_in(load(folders.candidates / folder)) or "")
    where = Link("look and answer", request.address, True) if request else Link("ask", "/dags/publish_edition", True)
    return where, Link("Data Docs", f"/candidates/{folder}/data_docs/index.html")


def _runs(dags: Iterable[Dag], faults: Mapping[str, str]) -> Iterable[Todo]:
    """DAGs that stand still, and newest runs that failed: each red task with the message that it ended with."""
    for one in dags:
        if one.paused:
            what = f"{one.dag_id} is paused: nothing runs it, and what lands meanwhile waits."
            yield Todo(
                "bad", what, "data engineer", do="Switch it on.", links=(Link("DAG", f"/dags/{one.dag_id}", True),)
            )
        red = [task for task in one.red if _plain(task.name) not in _VERDICTS]
        if red:
            more = (f"and {one.more} more",) if one.more else ()
            rows = [
                f"{task.name}: {faults.get(f'{one.dag_id} · {_plain(task.name)}', 'see its log')}" for task in one.red
            ]
            yield Todo(
                "bad",
                f"The newest run of {one.dag_id} is red.",
                "data engineer",
                one.began,
                "Each log ends with what is wrong, where, and what to do.",
                (*rows, *more),
                (*(Link(_plain(task.name), task.address, True) for task in red), Link("run", one.address, True)),
            )


def _plain(name: str) -> str:
    """A task without the label of its mapped instance."""
    return name.partition(" · ")[0]


def _refused(refused: Sequence[tuple[Path, Receipt]]) -> Iterable[Todo]:
    if refused:
        yield Todo(
            "waits",
            f"{len(refused)} refused file{'' if len(refused) == 1 else 's'} not sent again.",
            "focal points and reviewers",
            refused[0][1].received_at,
            "Send each sender the report; the mended file is uploaded as a new one.",
            links=(Link("list", "#refused"),),
        )


def _partners(sources: Iterable[SourceAge]) -> Iterable[Todo]:
    for one in sources:
        if one.failure or (one.too_old and (one.required or one.age_days is not None)):
            stops: Literal["bad", "waits"] = "bad" if one.required and one.too_old else "waits"
            needed = "An edition needs it: put a newer file into the inbox."
            do = needed if one.required else "Its latest good file is used."
            yield Todo(stops, one.told(), "data engineer", do=do, links=(Link("partners", "#partners"),))


def _dates(lines: Iterable[Line]) -> Iterable[Todo]:
    for line in lines:
        for said, day, days in line.dates:
            if days <= SOON:
                over = f"is over since {-days} days" if days < 0 else f"is in {days} days" if days else "is today"
                yield Todo("bad" if days < 0 else "waits", f"{line.title}: {said} {day} {over}.", "index team")


def _comments(folders: DataFolders) -> Iterable[Todo]:
    """What states said of their drafts and nobody has answered, by edition."""
    try:
        waiting = [one for one in comments(folders) if one.answered_at is None]
    except Damaged as error:
        yield Todo("bad", str(error), "data engineer")
        return
    for edition in sorted({one.edition for one in waiting}):
        of_it = [one for one in waiting if one.edition == edition]
        several = "comment of a state on its draft waits" if len(of_it) == 1 else "comments of states on drafts wait"
        yield Todo(
            "waits",
            f"{edition}: {len(of_it)} {several} for an answer.",
            "reviewers",
            of_it[0].came_at,
            "Answer each: gci draft --state ISO3 --answer.",
            tuple(f"{one.iso3}: {one.text}" for one in of_it),
            (Link("state by state", f"/status/{edition}?show=draft_comment"),),
        )
