"""Collect partner data: network → inbox → landing.

Fetches what the partners of include/partners offer, each that has an address and an Airflow connection here, into
`inbox/partners/<source>/`. Then takes what lies there, fetched or put there by hand, a batch of files a task. Each file
is checked, gets a receipt and moves: an accepted one to `landing/`, a refused one to `quarantine/` beside its report.

| task | what it does | when it is red |
|---|---|---|
| `network.partners` | lists the partners that are fetched | a description in include/partners is wrong: see the log |
| `network.gather` | one task per partner; skipped when nothing has changed | it is down or offers something else |
| `inbox` | lists the files, makes batches | the inbox cannot be read: see the log, mend, clear the task |
| `landing.collect_batch` | checks and moves the files of one batch | a fault of the disk or of the program; clear it |
| `landing.landed` | tells `build_index` that there is news | |
| `quarantine.refused` | one task per refused file, under its name | **always**: its log says what is wrong, where |

A partner that is down, or whose file is refused, stops nobody: the others land, and its latest good file stays in use.
How old that may become stands in its description; gate `landed` says when it is too old. Nothing new: all is skipped.
"""

from datetime import UTC, datetime

from airflow.sdk import dag

from gci.core.ids import COLLECT_PARTNERS
from gci.orchestration.assets import LANDING_PARTNERS
from gci.orchestration.tasks.collecting import collecting
from gci.orchestration.tasks.fetching import network


@dag(
    dag_id=COLLECT_PARTNERS,
    dag_display_name="2 · collect_partners",
    description="Partners → landing: fetches what is offered, checks each file, puts a refused one aside.",
    schedule="@daily",
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    default_args={"owner": "data engineering"},
    tags=["gci", "collect"],
    doc_md=__doc__,
)
def collect_partners() -> None:
    """Network → inbox/partners → landing."""
    collecting(["partners"], LANDING_PARTNERS, after=network())


collect_partners()
