"""Runs that a killed process left behind, and requests for a sign-off that are out of date."""

from __future__ import annotations

from typing import Any

from gci.core.checksums import sha256
from gci.core.gates import RELEASE
from gci.core.ids import GATE_RELEASE, REQUEST
from gci.core.paths import DataFolders
from gci.core.records import Candidate
from gci.gates.report import load_reports
from gci.orchestration.runs.dag_runs import DagEnd, DagRuns
from gci.orchestration.tasks.candidates import from_dict


def resume(runs: DagRuns) -> list[DagEnd]:
    """Deal with runs that nobody works on any more: we hold the data folder, and no scheduler is alive.

    - Runs that wait for a person stay: a kill does not take a request for a sign-off back. One whose time is over, or
      whose answer did not wake it, goes on as a scheduler would let it. Those that look again later stay too, as the
      calendar's do.
    - Runs in which a person has answered go on: no answer is lost, whether it came while nothing was running or the
      process was killed on the way to publishing. What was approved is checked again before it is published.
    - All others are ended: what they began is begun anew by this run.

    Returns:
        How the answered ones came out.
    """
    answered = []
    for run in _unfinished(runs):
        parked_task = waiting_task(run, runs)
        if parked_task:
            if _wake(parked_task, runs):
                answered.append(runs.resume(run))
            continue
        if _comes_back(run, runs):
            continue
        if _answered(run, runs):
            _release_tasks(run, runs)
            answered.append(runs.resume(run))
        else:
            _end(run, runs, "The process that ran it was killed. Nothing was lost: what it began is begun anew.")
    return answered


def deferred(candidate: Candidate, runs: DagRuns, folders: DataFolders) -> Any | None:
    """The run in which someone has been asked for exactly this candidate's file, and has not answered.

    Requests about anything else of the same edition are out of date: an answer to them could publish nothing, so
    they are ended and disappear from the list of required actions.

    Args:
        candidate: what is to be signed off now.
        runs: the DAG runs.
        folders: the data folder.

    Returns:
        The DagRun; None when nobody has been asked.
    """
    found = None
    for run in _unfinished(runs):
        asked = _asked(run, runs)
        if not asked or asked["candidate"]["edition"] != candidate.edition:
            continue
        if not found and _stands(asked, candidate, folders):
            found = run
        else:
            _end(run, runs, "Out of date: a newer candidate of this edition is put before the signer.")
    return found


def _stands(asked: dict[str, Any], candidate: Candidate, folders: DataFolders) -> bool:
    """Whether a request is about this candidate, whose file and gates are still those that it was about."""
    held = {report.gate for report in load_reports(candidate.folder / "gates") if report.passed}
    return (
        from_dict(asked["candidate"], folders) == candidate
        and asked["digest"] == sha256(candidate.database)
        and RELEASE in held
    )


def waiting_task(run: Any, runs: DagRuns) -> Any | None:
    """The task of a run that waits for a person, freshly read; None when none does."""
    runs.session.expire_all()
    instances = run.get_task_instances(session=runs.session)
    return next((instance for instance in instances if str(instance.state) == "awaiting_input"), None)


def _comes_back(run: Any, runs: DagRuns) -> bool:
    instances = run.get_task_instances(session=runs.session)
    return any(str(instance.state) == "up_for_reschedule" for instance in instances)


def _unfinished(runs: DagRuns) -> list[Any]:
    from airflow.models.dagrun import DagRun
    from sqlalchemy import select

    states = ["running", "queued"]
    chosen = select(DagRun).where(DagRun.state.in_(states), DagRun.dag_id.in_(runs.ids())).order_by(DagRun.id.desc())
    return list(runs.session.scalars(chosen))


def _asked(run: Any, runs: DagRuns) -> dict[str, Any] | None:
    """What a run that waits asks about: the candidate, packed, and the digest of its file."""
    if not waiting_task(run, runs):
        return None
    results = runs.results(run)
    if GATE_RELEASE not in results or REQUEST not in results:
        return None
    return {"candidate": results[GATE_RELEASE][0], "digest": results[REQUEST][0]["digest"]}


def _answered(run: Any, runs: DagRuns) -> bool:
    """Whether a person's answer is recorded in the run."""
    from airflow.models.hitl import HITLDetail
    from airflow.models.taskinstance import TaskInstance
    from sqlalchemy import select

    chosen = (
        select(HITLDetail)
        .join(TaskInstance, HITLDetail.ti_id == TaskInstance.id)
        .where(TaskInstance.dag_id == run.dag_id, TaskInstance.run_id == run.run_id)
    )
    return any(detail.response_received for detail in runs.session.scalars(chosen))


def _wake(instance: Any, runs: DagRuns) -> bool:
    """Let a parked task look again when there is an answer or its time is over, as the scheduler's sweep does."""
    from airflow.models.hitl import HITLDetail
    from airflow.models.trigger import handle_event_submit
    from airflow.sdk import timezone
    from airflow.triggers.base import TriggerEvent

    detail = runs.session.get(HITLDetail, instance.id)
    event: dict[str, Any]
    if detail is not None and detail.response_received:
        event = detail.as_resume_event_payload()
    elif instance.trigger_timeout and instance.trigger_timeout < timezone.utcnow():
        event = {"error": "The time to answer, or to look again, is over.", "error_type": "timeout"}
    else:
        return False
    woken = TriggerEvent(event)  # type: ignore[no-untyped-call]  # Airflow has it so
    handle_event_submit(woken, task_instance=instance, session=runs.session)
    runs.session.commit()
    return True


def _release_tasks(run: Any, runs: DagRuns) -> None:
    """Make tasks due again that were at work when their process was killed. All of ours are safe to repeat."""
    for instance in run.get_task_instances(session=runs.session):
        if str(instance.state) in ("running", "queued"):
            instance.state = None
    runs.session.commit()


def _end(run: Any, runs: DagRuns, why: str) -> None:
    from airflow.api.common.mark_tasks import set_dag_run_state_to_failed

    set_dag_run_state_to_failed(dag=runs.serialized(run.dag_id), run_id=run.run_id, commit=True, session=runs.session)
    run.note = why
    runs.session.commit()
