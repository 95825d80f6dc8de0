"""Publish at the hour: approved → published, when the hour that was decided has come.

A release that was approved before its hour (`gci decide release_hour`) waits in `embargoed/`, whole, under a name that
nobody guesses. This DAG runs at that moment, and whenever something has landed: a decision may have moved it. Where no
scheduler was running, the release is late, never early; `gci run` after the hour does the same.

| task | what it does | when it is red |
|---|---|---|
| `release` | publishes what waits and whose hour has come; else it is skipped | it may not go out: the log says why |

Its log says what waits for when. To take an approval back, trigger `publish_edition` with the edition, and reject.
"""

from datetime import UTC, datetime

from airflow.sdk import AssetOrTimeSchedule, dag

from gci.core.ids import RELEASE_AT_HOUR
from gci.notifications.edition_calendar import hours_of_release
from gci.orchestration.assets import LANDING_SURVEY
from gci.orchestration.tasks import publish


@dag(
    dag_id=RELEASE_AT_HOUR,
    dag_display_name="4a · release_at_hour",
    description="Approved → published, at the hour that was decided.",
    schedule=AssetOrTimeSchedule(timetable=hours_of_release(), assets=[LANDING_SURVEY]),
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=True,  # an hour that passed while no scheduler was running
    max_active_runs=1,
    default_args={"owner": "index team"},
    tags=["gci", "publish"],
    doc_md=__doc__,
)
def release_at_hour() -> None:
    """Embargoed → published."""
    publish.release_due()


release_at_hour()
