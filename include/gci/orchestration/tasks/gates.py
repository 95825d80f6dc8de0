"""A gate as a task: red when it fails, its log says which check failed on which rows."""

from __future__ import annotations

import logging
from typing import Any

from airflow.sdk import get_current_context, task

from gci.core import gates, metrics
from gci.core.errors import Blocked
from gci.core.ids import TASK_OF, in_group
from gci.core.paths import data_folders
from gci.core.records import Candidate, GateReport
from gci.orchestration.assets import CANDIDATE
from gci.orchestration.hand_overs import PackedCandidate
from gci.orchestration.tasks.candidates import LABEL, from_dict
from gci.orchestration.tasks.error_mapping import mapped_errors
from gci.orchestration.tasks.instrumented import instrumented
from gci.orchestration.tasks.retries import LOST_AT_WORK

log = logging.getLogger(__name__)

# More rows than this help nobody in a log; all of them are in the gate's own table.
ROWS_SHOWN = 50


@task(task_id="gate", **LOST_AT_WORK)
@instrumented
def run_gate(gate: str, candidate: PackedCandidate) -> PackedCandidate:
    """Hold a candidate against a gate.

    The gate `release` compares with what is published. A file that is published itself passed it then, and is not held
    against itself: a cleared task ends as it did.

    Args:
        gate: one of gci.core.gates.
        candidate: the candidate, packed.

    Returns:
        The candidate again, for the next task.

    Raises:
        AirflowFailException: a check failed. The same candidate fails the same way again: no retry.
    """
    from gci.core.checksums import sha256
    from gci.gates.run import run_gate
    from gci.storage.door import storage_of
    from gci.storage.release_log import release_of

    _tell_asset(candidate)
    folders = data_folders()
    tested = from_dict(candidate, folders)
    with mapped_errors(), storage_of(folders).working_on(candidate["folder"]):
        goes_out = gate == gates.RELEASE and tested.database.is_file()
        if goes_out and (out := release_of(sha256(tested.database), folders)):
            log.info("This file is published: it passed then, see %s.", out.folder / "data_docs" / "index.html")
            return candidate
        report = run_gate(gate, tested, folders)
        metrics.gate(gate, tested.edition, sum(not check.passed for check in report.checks))
        if not report.passed:
            raise Blocked(told(report, tested))
    log.info("Gate %s: %s checks passed for %s.", gate, len(report.checks), candidate["label"])
    return candidate


def gate_of_each(gate: str, candidate: Any, **also: Any) -> Any:
    """The task that holds each of many candidates against a gate; `also` is what else Airflow should know of it."""
    named = run_gate.override(task_id=in_group(TASK_OF[gate]), map_index_template=LABEL, **also)
    return named(gate=gate, candidate=candidate)


def _tell_asset(candidate: PackedCandidate) -> None:
    """Give the candidate's asset event, where the task has that outlet, what it is about."""
    context = get_current_context()
    if CANDIDATE in context["task"].outlets:
        extra: dict[str, Any] = dict(candidate)
        context["outlet_events"][CANDIDATE].extra = extra


_TO_DO = {
    gates.LANDED: "Have what is missing or wrong sent again: it is collected and built by itself.",
    gates.BUILT: "Mend the seed or the model that made these rows, then clear build_candidate.",
    gates.PAGES: "Mend the template, the catalogue or the stage that wrote it (gci.site), then clear pages. An "
    "official release needs all six languages and their fonts.",
    gates.RELEASE: "What is right needs a decision (known_error, reviewed_drop, low_alpha: `gci decide`), what is "
    "wrong a mended return. Then it is built anew.",
}


def told(report: GateReport, candidate: Candidate) -> str:
    """What failed, for a person: each failing check and its first rows, where all of them are, and what to do."""
    from gci.gates.report import as_text

    return "\n".join(
        [
            f"Gate {report.gate} stopped {candidate.edition} vintage {candidate.vintage}. "
            "What is published stays as it was.",
            as_text(report, ROWS_SHOWN),
            f"Every failing row: {candidate.folder / 'gates' / 'failures.parquet'}",
            f"Data Docs: {candidate.folder / 'data_docs' / 'index.html'}",
            f'What to do: {_TO_DO[report.gate]} See docs/operations.md, "A red task".',
        ]
    )
