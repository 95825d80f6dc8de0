"""Keep the calendar of a round: nomination, launch, reminders, close, weights, comments, review, release.

Begins two weeks before each date of an open edition (decided with `gci decide` or the DAG `decide`) and ends when what
should be done by then is done. If the day is over before that, the run's deadline is missed: Airflow's deadline alert
tells those who are to be told, with what is missing. What nothing here can show as done is told on its day.

| task | what it does | when it is red |
|---|---|---|
| `due` | finds the dates that come near | the list of editions cannot be read |
| `met` | asks every hour whether it is done | the day is over |

A red `met` lists what is missing. Go on with desk research, or decide another date for the edition.
Started by hand it looks after all dates that are ahead, without an alert.
"""

from datetime import UTC, datetime
from typing import Any

from airflow.sdk import dag
from airflow.sdk.definitions.callback import AsyncCallback
from airflow.sdk.definitions.deadline import DeadlineAlert, DeadlineReference

from gci.core.ids import EDITION_CALENDAR
from gci.notifications.edition_calendar import AHEAD, lookout_days
from gci.orchestration.tasks import calendar


@dag(
    dag_id=EDITION_CALENDAR,
    dag_display_name="0 · edition_calendar",
    description="Looks after the dates of open editions, and tells when one is not kept.",
    schedule=lookout_days(),
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=True,  # a date that is given late is looked after too
    deadline=DeadlineAlert(
        reference=DeadlineReference.DAGRUN_LOGICAL_DATE,
        interval=AHEAD,
        callback=AsyncCallback(calendar.missed),
        name="A date of an edition's calendar was not kept",
    ),
    default_args={"owner": "index team"},
    tags=["gci", "calendar"],
    doc_md=__doc__,
)
def edition_calendar() -> None:
    """Dates of the open editions → met, or somebody is told."""
    near: Any = calendar.due()
    calendar.met.expand(milestone=near)


edition_calendar()
