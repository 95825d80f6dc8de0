"""What Airflow's own database says of our DAGs, for the pages: read in the api-server, where it may be."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from gci.core import ids

ORDER = (
    ids.COLLECT_SURVEY,
    ids.COLLECT_PARTNERS,
    ids.BUILD_INDEX,
    ids.PUBLISH_EDITION,
    ids.RELEASE_AT_HOUR,
    ids.TELL_OWNERS,
    ids.EDITION_CALENDAR,
    ids.DECIDE,
)
FAILED_SHOWN = 5
_CALM = ("success", "skipped", "removed")


@dataclass(frozen=True)
class Task:
    """One task of a run.

    Attributes:
        name: the task, with the label of a mapped one.
        address: its page in Airflow's UI, with its log.
        state: failed, running, …
    """

    name: str
    address: str
    state: str


@dataclass(frozen=True)
class Dag:
    """A DAG and its newest run.

    Attributes:
        dag_id: the DAG.
        paused: whether somebody paused it.
        known: whether Airflow has parsed it.
        state: of the newest run that has begun; '' where there is none.
        began: when that was, ISO 8601 UTC.
        address: the run's page in Airflow's UI, or the DAG's.
        red: tasks of the run that failed, but those that name a refused file.
        more: failed tasks beside them.
    """

    dag_id: str
    paused: bool = False
    known: bool = False
    state: str = ""
    began: str = ""
    address: str = ""
    red: tuple[Task, ...] = ()
    more: int = 0


@dataclass(frozen=True)
class Request:
    """A sign-off that waits for a person.

    Attributes:
        run_id: the run of `publish_edition`.
        since: when it was asked, ISO 8601 UTC.
        address: where it is answered in Airflow's UI.
    """

    run_id: str
    since: str
    address: str


def dags() -> list[Dag]:
    """Our DAGs in the order of the way of the data, each with its newest run."""
    from airflow.models.dag import DagModel
    from airflow.models.dagrun import DagRun
    from airflow.utils.session import create_session
    from sqlalchemy import select

    found = []
    with create_session() as session:
        models = {one.dag_id: one for one in session.scalars(select(DagModel).where(DagModel.dag_id.in_(ORDER)))}
        for dag_id in ORDER:
            begun = select(DagRun).where(DagRun.dag_id == dag_id, DagRun.start_date.is_not(None))
            run = session.scalars(begun.order_by(DagRun.start_date.desc()).limit(1)).first()
            model = models.get(dag_id)
            red = _red(session, dag_id, run.run_id) if run and run.state == "failed" else []
            found.append(
                Dag(
                    dag_id=dag_id,
                    paused=bool(model and model.is_paused),
                    known=model is not None,
                    state=str(run.state) if run else "",
                    began=run.start_date.isoformat(timespec="seconds") if run and run.start_date else "",
                    address=run_address(dag_id, run.run_id) if run else f"/dags/{dag_id}",
                    red=tuple(red[:FAILED_SHOWN]),
                    more=max(0, len(red) - FAILED_SHOWN),
                )
            )
    return found


def requests() -> dict[str, Request]:
    """The sign-offs that wait for an answer now, by run."""
    from airflow.models.hitl import HITLDetail
    from airflow.models.taskinstance import TaskInstance
    from airflow.utils.session import create_session
    from sqlalchemy import select

    asked = (
        select(TaskInstance.run_id, HITLDetail.created_at)
        .join(TaskInstance, TaskInstance.id == HITLDetail.ti_id)
        .where(HITLDetail.responded_at.is_(None), TaskInstance.dag_id == ids.PUBLISH_EDITION)
        .where(TaskInstance.state.in_(("awaiting_input", "deferred", "running")))
        .order_by(HITLDetail.created_at)
    )
    with create_session() as session:
        rows = session.execute(asked).all()
    return {run_id: Request(run_id, at.isoformat(timespec="seconds"), sign_off_address(run_id)) for run_id, at in rows}


def run_address(dag_id: str, run_id: str) -> str:
    """The page of a run, below the server's root."""
    return f"/dags/{dag_id}/runs/{quote(run_id, safe='')}"


def task_address(dag_id: str, run_id: str, task_id: str, map_index: int = -1) -> str:
    """The page of a task, with its log, below the server's root."""
    mapped = f"/mapped/{map_index}" if map_index >= 0 else ""
    return f"{run_address(dag_id, run_id)}/tasks/{quote(task_id, safe='')}{mapped}"


def sign_off_address(run_id: str) -> str:
    """Where a request for a sign-off is answered."""
    return f"{task_address(ids.PUBLISH_EDITION, run_id, ids.SIGN_OFF)}/required_actions"


def _red(session: object, dag_id: str, run_id: str) -> list[Task]:
    from airflow.models.taskinstance import TaskInstance
    from sqlalchemy import select

    failed = (
        select(TaskInstance)
        .where(TaskInstance.dag_id == dag_id, TaskInstance.run_id == run_id, TaskInstance.state == "failed")
        .where(TaskInstance.task_id != ids.REFUSED)  # the page lists refused files by themselves
        .order_by(TaskInstance.task_id, TaskInstance.map_index)
    )
    return [
        Task(
            " · ".join(filter(None, (one.task_id, one.rendered_map_index))),
            task_address(dag_id, run_id, one.task_id, one.map_index),
            str(one.state),
        )
        for one in session.scalars(failed)  # type: ignore[attr-defined]
    ]
