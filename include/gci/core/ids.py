"""What Airflow calls our DAGs, tasks and pools: its history, its addresses, the pages and the guard know them by these.

A task in a group has the group before its name. Another name makes another task, without a history.
"""

from __future__ import annotations

from typing import Final

from gci.core.gates import BUILT, LANDED, PAGES, RELEASE

COLLECT_SURVEY: Final = "collect_survey"
COLLECT_PARTNERS: Final = "collect_partners"
BUILD_INDEX: Final = "build_index"
PUBLISH_EDITION: Final = "publish_edition"
RELEASE_AT_HOUR: Final = "release_at_hour"
EDITION_CALENDAR: Final = "edition_calendar"
TELL_OWNERS: Final = "tell_owners"
DECIDE: Final = "decide"

WRITER_POOL: Final = "warehouse_writer"
"""One at a time: dbt, and whoever replaces what is published."""
SIGN_OFF_POOL: Final = "sign_off"
"""What waits for a person takes no slot from collecting and building."""

FETCHED_PARTNERS: Final = "network.partners"
FETCH_PARTNER: Final = "network.gather"
INBOX: Final = "inbox"
COLLECT_BATCH: Final = "landing.collect_batch"
HAVE_LANDED: Final = "landing.landed"
REFUSED_FILES: Final = "quarantine.refused_files"
REFUSED: Final = "quarantine.refused"
SURVEY_STATUS: Final = "survey_status"

PLAN: Final = "plan"
GATE_LANDED: Final = "build.gate_landed"
BUILD_CANDIDATE: Final = "build.build_candidate"
AUDIT: Final = "build.audit"
GATE_BUILT: Final = "build.gate_built"
WRITE_PAGES: Final = "build.pages"
GATE_PAGES: Final = "build.gate_pages"

CHOOSE: Final = "choose"
GATE_RELEASE: Final = "gate_release"
REQUEST: Final = "request"
SIGN_OFF: Final = "sign_off"
APPROVED: Final = "approved"
REJECTED: Final = "rejected"
PUBLISH: Final = "publish"
RELEASE_DUE: Final = "release"

DUE: Final = "due"
MET: Final = "met"
CHANNELS: Final = "channels"
TELL: Final = "tell"
WRITE_DECISION: Final = "write"

TASK_OF = {LANDED: GATE_LANDED, BUILT: GATE_BUILT, PAGES: GATE_PAGES, RELEASE: GATE_RELEASE}
"""The task that holds each gate."""


def in_group(task: str) -> str:
    """The name of a task without that of its group, as it is declared."""
    return task.rpartition(".")[2]
