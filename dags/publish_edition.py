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

from datetime import UTC, datetime, timedelta
from typing import Any

from airflow.sdk import Param, dag, task

from gci.notifications.edition_calendar import publication_days
from gci.orchestration.assets import PUBLISHED
from gci.orchestration.tasks import gates, publish
from gci.orchestration.tasks.retries import BRIEF, ONCE_MORE, PASSING
from gci.sign_off.operator import DAYS, SignOffOperator


@dag(
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
    # However many runs are triggered at once: one after the other chooses, and a candidate is chosen once.
    chosen: Any = task(max_active_tis_per_dag=1, **BRIEF)(publish.choose)("{{ params.edition or '' }}")
    apart: dict[str, Any] = {"pool": "sign_off"} | ONCE_MORE
    gated: Any = task(task_id="gate_release", max_active_tis_per_dag=1, **apart)(gates.run_gate)("release", chosen)
    asked: Any = task(**apart)(publish.request)(gated)
    # A late report of the executor may fail a try whose answer is recorded: the next one takes it up.
    tried: dict[str, Any] = {"retries": 3, "retry_delay": timedelta(seconds=5), "pool": "sign_off"}
    days = "{{ params.days_to_answer }}"
    answer: Any = SignOffOperator(task_id="sign_off", requested=asked, days=days, **tried).output
    signed: Any = task(**BRIEF)(publish.approved)(gated, answer)
    task(**BRIEF)(publish.rejected)(gated, answer)
    # A full disk may pass, and so does another publication that is under way. It reads the answer itself.
    signed >> task(outlets=[PUBLISHED], pool="warehouse_writer", **PASSING)(publish.publish)(gated, answer)


publish_edition()
