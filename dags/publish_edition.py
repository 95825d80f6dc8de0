"""Publish an edition: candidate → gate → sign-off → published.

Takes the newest candidate that waits (or that of `edition`, or `partners`; on an edition's day of publication, and in a
backfill, that of this edition), holds it against the gate `release`, and asks a person who has the role `publisher`.
Without an approval nothing is published; after `days_to_answer` the request expires, and a newer candidate makes it
void. Then the release lies at `published/<edition>/v<k>/`, and `published/gci.duckdb` is replaced in one step.

| task | what it does | when it is red |
|---|---|---|
| `choose` | finds the candidate; none waits: all is skipped | the edition given does not exist |
| `gate_release` | checks what is about to go out | its log lists the checks and rows |
| `sign_off` | **waits for a person**: *Required Actions* shows what there is to know | nobody answered in time |
| `approved`, `publish` | who signed what; the release | the file is not the one approved: build and sign anew |
| `rejected` | keeps by whom and why it was rejected, beside the candidate | |
"""

from datetime import UTC, datetime
from typing import Any

from airflow.sdk import Param, dag

from gci.core import gates, ids
from gci.notifications.edition_calendar import publication_days
from gci.orchestration.tasks import publish
from gci.orchestration.tasks.gates import run_gate
from gci.orchestration.tasks.retries import LATE_REPORT
from gci.sign_off.operator import DAYS, SignOffOperator


@dag(
    dag_id=ids.PUBLISH_EDITION,
    dag_display_name="4 · publish_edition",
    description="Candidate → gate release → sign-off by a publisher → published.",
    schedule=publication_days(),
    start_date=datetime(2020, 1, 1, tzinfo=UTC),
    catchup=False,
    params={
        "edition": Param(None, type=["null", "string"], description="2024, or partners. Empty: the newest that waits."),
        "days_to_answer": Param(14, description="Open for so long.", **DAYS),
    },
    default_args={"owner": "index team", "retries": 0},
    tags=["gci", "publish"],
    doc_md=__doc__,
)
def publish_edition() -> None:
    """Candidate → published, with a person's approval."""
    chosen: Any = publish.choose("{{ params.edition or '' }}")
    gate = run_gate.override(task_id=ids.GATE_RELEASE, max_active_tis_per_dag=1, pool=ids.SIGN_OFF_POOL)
    gated: Any = gate(gates.RELEASE, chosen)
    asked: Any = publish.request(gated)
    days = "{{ params.days_to_answer }}"
    request = SignOffOperator(task_id=ids.SIGN_OFF, requested=asked, days=days, pool=ids.SIGN_OFF_POOL, **LATE_REPORT)
    answer: Any = request.output
    signed: Any = publish.approved(gated, answer)
    publish.rejected(gated, answer)
    signed >> publish.publish(gated, answer)  # which reads the answer itself


publish_edition()
