"""Tell the owners: one digest of what blocks the release, what is new and what is known.

Looks every quarter of an hour, and as soon as a candidate waits or something is published, at what stands in the data
folder: receipts, quarantine, gate reports, candidates, releases. A channel is on when its Airflow connection is there
(`gci_mail`, `gci_slack`, `gci_webhook`); none is by default. Each gets one digest, and only if something that blocks or
is new has not been told there: nobody gets a message per failure, nor the same one twice.

| task | what it does | when it is red |
|---|---|---|
| `channels` | finds the channels that are on; none: all is skipped | the connections cannot be read |
| `tell` | one task per channel; skipped when all has been told | it is down; the next run tells what it was not told |

Nothing depends on this: a channel that is down delays and fails nobody.
"""

from datetime import UTC, datetime
from typing import Any

from airflow.sdk import AssetAny, AssetOrTimeSchedule, CronTriggerTimetable, dag

from gci.core.ids import TELL_OWNERS
from gci.orchestration.assets import CANDIDATE, PUBLISHED
from gci.orchestration.tasks import notify


@dag(
    dag_id=TELL_OWNERS,
    dag_display_name="5 · tell_owners",
    description="One digest of what blocks a release, what is new and what is known, to each channel that is on.",
    schedule=AssetOrTimeSchedule(
        timetable=CronTriggerTimetable("*/15 * * * *", timezone="UTC"), assets=AssetAny(CANDIDATE, PUBLISHED)
    ),
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    default_args={"owner": "data engineering"},
    tags=["gci", "tell"],
    doc_md=__doc__,
)
def tell_owners() -> None:
    """What stands in the data folder → a digest per channel."""
    on: Any = notify.channels_to_tell()
    notify.notify.expand(channel=on)


tell_owners()
