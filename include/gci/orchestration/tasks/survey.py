"""How a survey round stands, after something came in."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from airflow.sdk import task
from airflow.sdk.exceptions import AirflowSkipException

from gci.core.ids import SURVEY_STATUS
from gci.core.paths import data_folders
from gci.orchestration.hand_overs import Collected
from gci.orchestration.tasks.error_mapping import mapped_errors
from gci.orchestration.tasks.retries import LOST_AT_WORK

log = logging.getLogger(__name__)


# However collecting ended, and when nothing came in: whoever looks sees how the round stands now, on this day.
@task(task_id=SURVEY_STATUS, trigger_rule="all_done", **LOST_AT_WORK)
def survey_status(collected: Iterable[Collected] | None) -> dict[str, str]:
    """Bring survey.duckdb up to what has landed, was refused and was sent, and to the day. Safe to repeat.

    Args:
        collected: what the batches of this run came to; None or nothing where nothing waited.

    Returns:
        Per edition of which something has come in: the round in a line.

    Raises:
        AirflowSkipException: the file says all that there is to say already; or there is none, and nothing came in of
            an edition with a collection period: there is no round to follow, and `gci status` makes the file when
            somebody asks.
        AirflowFailException: dbt failed; the file is as it was.
    """
    from gci.casework.refresh import refresh
    from gci.casework.status import status, summary
    from gci.reference.seeds import editions

    came_in = {edition for batch in collected or () for edition in _editions(batch)}
    followed = {name for name, edition in editions().items() if edition.collection_from is not None}
    news, folders = bool(came_in & (followed | {None})), data_folders()
    if not news and not folders.survey.is_file():
        raise AirflowSkipException("Nothing came in of an edition whose survey round is followed.")
    with mapped_errors():
        made = refresh(folders)
    if not made and not news:
        raise AirflowSkipException("survey.duckdb is up to what has landed, was refused and was sent, and to the day.")
    with mapped_errors():
        found = {edition: status(edition, folders) for edition in editions()}
    told = {
        edition: summary(one)
        for edition, one in found.items()
        if one["totals"]["received"] or one["totals"]["refused_files"]
    }
    for line in told.values():
        log.info("%s", line)
    return told


def _editions(batch: Collected) -> set[str | None]:
    """The editions that the files of a batch are of; None where a refused file does not say."""
    return {*batch["accepted"], *(refusal["edition"] for refusal in batch["refused"])}
