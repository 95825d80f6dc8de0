"""Decide: a form → a decision in the inbox.

Trigger it and fill in the form: it is one row of a file of decisions. The decision is checked as collection checks it
and put into `inbox/decisions/<edition>/`, from where `collect_survey` takes it; from then on it counts. It is never
changed: a later one answers it. Without an author it is whoever triggered the run.

| task | what it does | when it is red |
|---|---|---|
| `write` | checks it and puts it into the inbox | it would be refused: the log says why, nothing is written |
"""

from datetime import UTC, datetime
from typing import Any

from airflow.sdk import Param, dag

from gci.core.ids import DECIDE
from gci.orchestration.tasks import decide as deciding
from gci.reference.decisions import KINDS, TOLD

ASKED: dict[str, Any] = {name: Param(None, type=["null", "string"], description=told) for name, told in TOLD.items()}


@dag(
    dag_id=DECIDE,
    dag_display_name="6 · decide",
    description="A form → a decision of the index team in the inbox.",
    schedule=None,
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    params=ASKED | {"kind": Param(next(iter(KINDS)), enum=list(KINDS), description=TOLD["kind"])},
    default_args={"owner": "index team"},
    tags=["gci", "decide"],
    doc_md=__doc__,
)
def decide() -> None:
    """A form → inbox/decisions."""
    deciding.write_decision()


decide()
