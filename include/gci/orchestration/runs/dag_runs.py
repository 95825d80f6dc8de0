"""Runs a DAG to its end, or to where it waits for a person, in this process.

`dag.test()` would do most of this, but waits forever for an answer, keeps tasks' logs from the UI and parses all DAG
files anew at each call. So this is its loop, with a way out: the scheduler's own decisions (`DagRun.update_state`),
each task through the task SDK's in-process supervisor, everything recorded in the metadata database. A run that
waits for a person stays there, and a scheduler that starts later goes on with it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from gci.core.errors import GciError
from gci.core.paths import DAGS
from gci.orchestration.runs.logs import RunLogs

_BUNDLE = "dags-folder"


@dataclass(frozen=True)
class TaskEnd:
    """How one task instance came out.

    Attributes:
        dag_id: the DAG.
        task_id: the task, with its groups.
        label: its label among mapped ones; None where it is not mapped.
        state: success, failed, skipped, upstream_failed, awaiting_input …
        seconds: time it took here; 0 where it did not run.
        message: why it failed.
    """

    dag_id: str
    task_id: str
    label: str | None
    state: str
    seconds: float = 0.0
    message: str | None = None


@dataclass(frozen=True)
class DagEnd:
    """How a DAG run came out.

    Attributes:
        dag_id: the DAG.
        run_id: the run, as the UI shows it.
        state: success, failed, or `waiting` when only a person can take it on.
        tasks: all its task instances.
        results: what the tasks returned: by task, values in the order of mapping.
    """

    dag_id: str
    run_id: str
    state: str
    tasks: tuple[TaskEnd, ...]
    results: dict[str, list[Any]] = field(default_factory=dict)

    def ended(self, task_id: str, state: str) -> list[TaskEnd]:
        """The instances of a task that came out so."""
        return [end for end in self.tasks if end.task_id == task_id and end.state == state]

    def failed(self) -> list[TaskEnd]:
        """The red tasks."""
        return [end for end in self.tasks if end.state == "failed"]


@dataclass(frozen=True)
class Watch:
    """Who is told of what goes on; the defaults tell nobody.

    Attributes:
        began: a task begins: DAG, task, its number among those of its name that are due, and how many these are.
        ended: a task has ended.
    """

    began: Callable[[str, str, int, int], None] = lambda *_: None
    ended: Callable[[TaskEnd], None] = lambda *_: None


class DagRuns:
    """The project's DAGs, parsed once and known to the metadata database.

    Args:
        logs: where tasks log to.
        watch: who is told.

    Raises:
        GciError: a DAG file cannot be parsed.
    """

    def __init__(self, logs: RunLogs, watch: Watch | None = None) -> None:
        from airflow import settings

        self._logs = logs
        self._watch = watch or Watch()
        self._dags = _parsed()
        session: Any = settings.Session
        self.session = session()

    def start(self, dag_id: str, conf: dict[str, Any] | None = None) -> DagEnd:
        """Begin a new run of a DAG and take it as far as it goes.

        Args:
            dag_id: the DAG.
            conf: its params.
        """
        from airflow.sdk import timezone
        from airflow.utils.state import DagRunState
        from airflow.utils.types import DagRunTriggeredByType, DagRunType

        now = timezone.utcnow()
        self._take_news(dag_id)
        run = self.serialized(dag_id).create_dagrun(
            run_id=f"gci_run__{now.isoformat()}",
            run_after=now,
            conf=conf or {},
            run_type=DagRunType.MANUAL,
            triggered_by=DagRunTriggeredByType.CLI,
            triggering_user_name="gci run",
            state=DagRunState.RUNNING,
            start_date=now,
            session=self.session,
        )
        self.session.commit()
        return self._take_on(run)

    def resume(self, run: Any) -> DagEnd:
        """Take a run on that waited for a person and has been answered.

        Args:
            run: the DagRun, from the metadata database.
        """
        run.dag = self.serialized(run.dag_id)
        return self._take_on(run)

    def serialized(self, dag_id: str) -> Any:
        """A DAG as the scheduler sees it."""
        from airflow.serialization.serialized_objects import DagSerialization

        return DagSerialization.deserialize_dag(DagSerialization.serialize_dag(self._dags[dag_id]))

    def ids(self) -> list[str]:
        """The names of the project's DAGs."""
        return sorted(self._dags)

    def _take_news(self, dag_id: str) -> None:
        """This run takes up the asset events that wait for the DAG: a scheduler need not run it for them again."""
        from airflow.models.asset import AssetDagRunQueue
        from sqlalchemy import delete

        self.session.execute(delete(AssetDagRunQueue).where(AssetDagRunQueue.target_dag_id == dag_id))

    def _take_on(self, run: Any) -> DagEnd:
        """Do what the scheduler does until the run has ended or only waits for a person."""
        from airflow.utils.state import DagRunState, TaskInstanceState

        ends: dict[UUID, TaskEnd] = {}
        # Tasks set the run's params and a person's answer on the DAG itself: each run gets its own, as on a worker.
        dag = _bag(Path(self._dags[run.dag_id].fileloc)).dags[run.dag_id]
        while run.state == DagRunState.RUNNING:
            scheduled = self._schedule(run)
            for instance in scheduled:
                self._announce(instance, scheduled)
                ends[instance.id] = self._execute(instance, dag.task_dict[instance.task_id])
                self._watch.ended(ends[instance.id])
            if not scheduled and run.state == DagRunState.RUNNING:
                states = {instance.state for instance in self._instances(run)}
                due_later = TaskInstanceState.UP_FOR_RETRY in states
                if TaskInstanceState.AWAITING_INPUT in states and not due_later:
                    break
                # Without a retry to wait for, the next look settles what this one made ready to be skipped.
                time.sleep(0.5 if due_later else 0.01)
        return self._outcome(run, ends)

    def _schedule(self, run: Any) -> list[Any]:
        """Ask the scheduler's rules what is due now; states of skipped and blocked tasks are settled on the way."""
        from airflow.sdk import timezone
        from airflow.utils.state import TaskInstanceState

        self.session.expire_all()
        due, _ = run.update_state(session=self.session)
        for instance in due:
            instance.try_number += 1
            instance.state = TaskInstanceState.SCHEDULED
            instance.scheduled_dttm = timezone.utcnow()
        self.session.commit()
        return [instance for instance in self._instances(run) if instance.state == TaskInstanceState.SCHEDULED]

    def _announce(self, instance: Any, scheduled: list[Any]) -> None:
        alike = [other.id for other in scheduled if other.task_id == instance.task_id]
        self._watch.began(instance.dag_id, instance.task_id, alike.index(instance.id) + 1, len(alike))

    def _execute(self, instance: Any, task: Any) -> TaskEnd:
        """Run one task in this process, its log in the file where the UI looks for it."""
        from airflow.sdk.api.datamodels._generated import TaskInstance
        from airflow.sdk.execution_time.supervisor import run_task_in_process
        from airflow.utils.state import TaskInstanceState

        begin = time.monotonic()
        instance.set_state(TaskInstanceState.QUEUED)
        described = TaskInstance(
            id=UUID(str(instance.id)),
            task_id=instance.task_id,
            dag_id=instance.dag_id,
            run_id=instance.run_id,
            try_number=instance.try_number,
            map_index=instance.map_index,
            dag_version_id=UUID(str(instance.dag_version_id)),
        )
        with self._logs.of_task(instance), self._logs.quiet():
            result = run_task_in_process(ti=described, task=task)
        instance.set_state(result.state)
        return TaskEnd(
            dag_id=instance.dag_id,
            task_id=instance.task_id,
            label=result.ti.rendered_map_index,
            state=str(result.state.value if hasattr(result.state, "value") else result.state),
            seconds=time.monotonic() - begin,
            message=str(result.error) if result.error else None,
        )

    def _outcome(self, run: Any, ends: dict[UUID, TaskEnd]) -> DagEnd:
        from airflow.utils.state import DagRunState

        return DagEnd(
            dag_id=run.dag_id,
            run_id=run.run_id,
            state="waiting" if run.state == DagRunState.RUNNING else str(run.state),
            tasks=tuple(
                ends.get(instance.id)
                or TaskEnd(instance.dag_id, instance.task_id, instance.rendered_map_index, str(instance.state))
                for instance in self._instances(run)
            ),
            results=self.results(run),
        )

    def results(self, run: Any) -> dict[str, list[Any]]:
        """What the tasks of a run returned: by task, values in the order of mapping."""
        from airflow.models.xcom import XComModel

        results: dict[str, list[Any]] = {}
        for instance in self._instances(run):
            chosen = XComModel.get_many(
                run_id=run.run_id, dag_ids=run.dag_id, task_ids=instance.task_id, map_indexes=instance.map_index
            )
            for value in self.session.scalars(chosen.with_only_columns(XComModel.value)):
                results.setdefault(instance.task_id, []).append(XComModel.deserialize_value(_Value(value)))
        return results

    def _instances(self, run: Any) -> list[Any]:
        instances = run.get_task_instances(session=self.session)
        return sorted(instances, key=lambda instance: (instance.task_id, instance.map_index))


@dataclass(frozen=True)
class _Value:
    """An XCom as its deserializer wants it."""

    value: Any


def _bag(path: Path) -> Any:
    """The DAGs of a file or folder, parsed now."""
    from airflow.dag_processing.dagbag import BundleDagBag

    return BundleDagBag(dag_folder=path, bundle_path=DAGS, bundle_name=_BUNDLE)


def _parsed() -> dict[str, Any]:
    """Parse the project's DAG files once and make them known to the metadata database."""
    from airflow.dag_processing.bundles.manager import DagBundlesManager
    from airflow.dag_processing.dagbag import sync_bag_to_db

    manager: Any = DagBundlesManager()  # type: ignore[no-untyped-call]  # Airflow has it so
    manager.sync_bundles_to_db()
    bundle = next(one for one in manager.get_all_dag_bundles() if one.path == DAGS)
    bundle.initialize()
    bag = _bag(bundle.path)
    if bag.import_errors or not bag.dags:
        told = "\n".join(f"{file}: {error}" for file, error in sorted(bag.import_errors.items()))
        raise GciError(f"The DAGs in {DAGS} cannot be read.\n{told}")
    sync_bag_to_db(bag, bundle.name, bundle.version)
    return dict(bag.dags)
