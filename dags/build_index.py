"""Build the index: landing → candidate → audit → pages, between the gates.

Runs when something has landed or was published, every hour, or by hand. For each edition with news, and for partner
data (or for the one in `edition`), dbt builds the warehouse anew, into a file under `candidates/`; no release changes.

| task | what it does | when it is red |
|---|---|---|
| `plan` | finds the editions with news | the edition given does not exist |
| `build.gate_landed`, `gate_built`, `gate_pages` | check what came in, was built, will be read | its log says |
| `build.build_candidate` | dbt: staging → intermediate → marts | a fault of the program: the log names the model |
| `build.audit`, `build.pages` | draws and report of the audit; what people will read | a fault of program or disk |

A red gate is final and stops its own edition alone; a lost task is tried once more. Next: `publish_edition`.
"""

from datetime import UTC, datetime
from typing import Any

from airflow.sdk import AssetAny, AssetOrTimeSchedule, CronTriggerTimetable, Param, dag, task_group

from gci.core.gates import BUILT, LANDED, PAGES
from gci.core.ids import BUILD_INDEX
from gci.orchestration.assets import CANDIDATE, LANDING_PARTNERS, LANDING_SURVEY, PUBLISHED
from gci.orchestration.tasks import audit, build, pages
from gci.orchestration.tasks.gates import gate_of_each

HOURLY = CronTriggerTimetable("20 * * * *", timezone="UTC")


@dag(
    dag_id=BUILD_INDEX,
    dag_display_name="3 · build_index",
    description="Landing → candidate: dbt builds each edition with news anew, and the gates hold it.",
    # A candidate holds all that is published beside its own edition: a publication makes those that wait out of date.
    # By time, too: Airflow forgets events that come while a DAG is paused, and may drop some that come together.
    schedule=AssetOrTimeSchedule(timetable=HOURLY, assets=AssetAny(LANDING_SURVEY, LANDING_PARTNERS, PUBLISHED)),
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    params={"edition": Param(None, type=["null", "string"], description="2024, or partners. Empty: all with news.")},
    default_args={"owner": "data engineering"},
    tags=["gci", "build"],
    doc_md=__doc__,
)
def build_index() -> None:
    """Landing → candidate, through the gates `landed`, `built` and `pages`."""

    @task_group(group_id="build")
    def build_one(candidate: Any) -> None:
        built: Any = build.build_candidate(candidate=gate_of_each(LANDED, candidate))
        audited: Any = audit.audit_candidate(candidate=built)
        told: Any = pages.write_pages(candidate=gate_of_each(BUILT, audited))
        gate_of_each(PAGES, told, outlets=[CANDIDATE])

    planned: Any = build.editions_to_build("{{ params.edition or '' }}")
    build_one.expand(candidate=planned)


build_index()
