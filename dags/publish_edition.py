"""Publish an edition: candidate → gate → sign-off → published.

Takes the newest candidate that waits (or that of `edition`), holds it against the gate `release`, and asks a person.
Without an approval nothing is published, however long that takes. Afterwards the release lies at
`published/<edition>/v<k>/` and `published/gci.duckdb` is replaced in one step; readers never wait.

| task | what it does | when it is red |
|---|---|---|
| `choose` | finds the candidate; none waits: all is skipped | the edition given does not exist |
| `gate_release` | checks what is about to go out | its log lists the checks and rows |
| `sign_off` | **waits for a person**: *Required Actions* shows what there is to know | |
| `approved`, `publish` | who signed what; the release | the file is not the one approved: build and sign anew |
| `rejected` | keeps by whom and why it was rejected, beside the candidate | |
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from airflow.sdk import Param, dag, task

from gci.assets import PUBLISHED
from gci.sign_off.operator import SignOffOperator
from gci.tasks import gates, publish


@dag(
    schedule="@yearly",
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    params={"edition": Param("", type="string", description="Edition, e.g. 2024. Empty: the newest that waits.")},
    default_args={"owner": "index team", "retries": 0},
    tags=["gci", "publish"],
    doc_md=__doc__,
)
def publish_edition() -> None:
    """Candidate → published, with a person's approval."""
    chosen: Any = task(publish.choose)("{{ params.edition }}")
    gated: Any = task(task_id="gate_release")(gates.hold)("release", chosen)
    asked: Any = task(publish.request)(gated)
    answer: Any = SignOffOperator(
        task_id="sign_off",
        subject="{{ ti.xcom_pull(task_ids='request')['subject'] }}",
        body="{{ ti.xcom_pull(task_ids='request')['summary'] }}",
        params={"note": Param(None, type=["null", "string"], description="Why, for the record.")},
    )
    signed: Any = task(publish.approved)(asked, answer.output)
    may_pass: dict[str, Any] = {
        "retries": 2,
        "retry_delay": timedelta(seconds=10),
    }  # a full disk, another publication under way
    task(outlets=[PUBLISHED], pool="warehouse_writer", **may_pass)(publish.publish)(gated, signed)
    asked >> answer
    # A refused approval skips what hangs on it, `approved`, and with it `publish`: `rejected` runs exactly then.
    signed >> task(trigger_rule="all_skipped")(publish.rejected)()


publish_edition()
