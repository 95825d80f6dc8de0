"""How a survey round stands, after something came in."""

from __future__ import annotations

import logging

from gci.paths import data_folders
from gci.tasks.outcomes import task_outcome

log = logging.getLogger(__name__)


def survey_status() -> dict[str, str]:
    """Bring survey.duckdb up to what has landed and was refused. Safe to repeat.

    Returns:
        Per edition of which something has come in: the round in a line.

    Raises:
        AirflowFailException: dbt failed; the file is as it was.
    """
    from gci.reference import editions
    from gci.survey.refresh import refresh
    from gci.survey.status import status, summary

    folders = data_folders()
    with task_outcome():
        refresh(folders)
        found = {edition: status(edition, folders) for edition in editions()}
    told = {
        edition: summary(one)
        for edition, one in found.items()
        if one["totals"]["received"] or one["totals"]["refused_files"]
    }
    for line in told.values():
        log.info("%s", line)
    return told
