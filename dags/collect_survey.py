"""Collect decisions, returns and reviews: inbox → landing.

Takes what lies in `inbox/decisions/<edition>/`, `inbox/survey/<edition>/` and `inbox/reviews/<edition>/`, decisions
first, a batch of files a task. Each file is checked, gets a receipt and moves: an accepted one to `landing/`, a refused
one to `quarantine/` beside the report for its sender. The same file twice changes nothing.

| task | what it does | when it is red |
|---|---|---|
| `inbox` | lists the files, makes batches | the inbox cannot be read: see the log, mend, clear the task |
| `landing.collect_batch` | checks and moves the files of one batch | a fault of the disk or of the program; clear it |
| `landing.landed` | tells `build_index` that there is news | |
| `survey_status` | brings `survey.duckdb` up to date; skipped when it is so already | dbt failed: see the log |
| `quarantine.refused` | one task per refused file, under its name | **always**: its log says what is wrong, where |

A refused file makes the run red and stops nothing: the accepted ones have landed and the build goes on. Nothing in
the inbox: all but `inbox` and, once a day, `survey_status` is skipped.
"""

from datetime import UTC, datetime

from airflow.sdk import dag

from gci.core.ids import COLLECT_SURVEY
from gci.orchestration.assets import LANDING_SURVEY
from gci.orchestration.tasks.collecting import collecting


@dag(
    dag_id=COLLECT_SURVEY,
    dag_display_name="1 · collect_survey",
    description="Inbox → landing: checks returns and reviews; a refused file is a red task under its name.",
    schedule="@hourly",
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    default_args={"owner": "data engineering"},
    tags=["gci", "collect"],
    doc_md=__doc__,
)
def collect_survey() -> None:
    """inbox/decisions, inbox/survey and inbox/reviews → landing."""
    collecting(["decisions", "survey", "reviews"], LANDING_SURVEY)


collect_survey()
