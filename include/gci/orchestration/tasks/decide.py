"""Deciding from a form: one decision, checked as collection checks it, into the inbox of the decisions."""

from __future__ import annotations

import logging

from airflow.sdk import get_current_context, task
from airflow.sdk.exceptions import AirflowFailException

from gci.core.ids import WRITE_DECISION
from gci.orchestration.tasks.error_mapping import mapped_errors
from gci.orchestration.tasks.instrumented import instrumented
from gci.orchestration.tasks.retries import BUSY_PLACE
from gci.reference.decisions import HEADER

log = logging.getLogger(__name__)


@task(task_id=WRITE_DECISION, **BUSY_PLACE)
@instrumented
def write_decision() -> str:
    """Put the decision that the run's form was filled in with into the inbox.

    Returns:
        Where the file lies that collection will take.

    Raises:
        AirflowFailException: it would be refused; the log says what is wrong, and nothing is written.
    """
    from gci.collect.decide import write_decision as write

    context = get_current_context()
    said = {name: str(context["params"].get(name) or "") for name in HEADER}
    said["author"] = said["author"] or str(context["dag_run"].triggering_user_name or "")
    with mapped_errors():
        receipt, written = write(said)
    for problem in receipt.problems:
        level = logging.ERROR if problem.severity == "error" else logging.WARNING
        log.log(level, "%s: %s [%s]", problem.column or "the decision", problem.told, problem.code)
    if written is None:
        raise AirflowFailException("The decision is not right: what is wrong is listed above. Nothing was written.")
    log.info("%s waits to be collected.", written)
    return str(written)
