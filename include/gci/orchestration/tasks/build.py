"""Building: which editions have news, and the candidate of each."""

from __future__ import annotations

import logging

from airflow.sdk import get_current_context, task
from airflow.sdk.exceptions import AirflowSkipException

from gci.core import metrics
from gci.core.gates import BEFORE_SIGN_OFF
from gci.core.ids import BUILD_CANDIDATE, PLAN, WRITER_POOL, in_group
from gci.core.paths import data_folders
from gci.core.records import Candidate
from gci.orchestration.hand_overs import PackedCandidate
from gci.orchestration.lineage import emit as lineage
from gci.orchestration.tasks.candidates import LABEL, from_dict, to_dict
from gci.orchestration.tasks.error_mapping import mapped_errors
from gci.orchestration.tasks.instrumented import instrumented
from gci.orchestration.tasks.retries import LOST_AT_WORK, LOST_WHILE_READING

log = logging.getLogger(__name__)


@task(task_id=PLAN, **LOST_WHILE_READING)
@instrumented
def editions_to_build(edition: str) -> list[PackedCandidate]:
    """The candidates that are to be built, one per edition with news, and one of the partner release if it has.

    A run that time woke leaves out what an earlier one has dealt with: it is there for what no event told of.

    Args:
        edition: the only edition to look at, or `partners`; empty for all.

    Returns:
        Candidates, packed, for mapped tasks.

    Raises:
        AirflowSkipException: nothing has come in since the latest releases.
        AirflowFailException: there is no such edition.
    """
    from gci.build.candidate import plan
    from gci.build.change_detection import editions_with_news
    from gci.reference.seeds import line
    from gci.storage.door import storage_of

    folders = data_folders()
    with mapped_errors():
        storage = storage_of(folders)
        storage.pull()
        editions = [line(edition)] if edition else editions_with_news(folders)
        planned = [plan(name, folders) for name in editions]
        if not edition and get_current_context()["dag_run"].run_type == "scheduled":
            planned = [one for one in planned if one and not dealt_with(one)]
        for found in filter(None, planned):
            storage.push(found.folder.name)
    candidates = [to_dict(candidate) for candidate in planned if candidate]
    if not candidates:
        about = f"of {edition}" if edition else "of any edition"
        raise AirflowSkipException(f"Nothing {about} has come in since its latest release: there is nothing to build.")
    for candidate in candidates:
        log.info("%s is to be built.", candidate["label"])
    return candidates


def dealt_with(candidate: Candidate) -> bool:
    """Whether a candidate, from just these inputs, has been built and held, or was stopped: again, it ends the same."""
    from gci.build.report import FAILED
    from gci.gates.report import load_reports

    reports = load_reports(candidate.folder / "gates")
    stopped = any(not report.passed for report in reports) or (candidate.folder / FAILED).is_dir()
    return stopped or any(report.gate == BEFORE_SIGN_OFF[-1] for report in reports)


@task(task_id=in_group(BUILD_CANDIDATE), map_index_template=LABEL, pool=WRITER_POOL, **LOST_AT_WORK)
@instrumented
def build_candidate(candidate: PackedCandidate) -> PackedCandidate:
    """Build one candidate with dbt, from nothing.

    One that stands already, built from the same inputs and passed by its gates, is left as it is: a request for its
    sign-off may be under way, and an approval is for exactly one file.

    Args:
        candidate: the candidate, packed.

    Returns:
        The candidate again, for the next task.
    """
    from gci.build.candidate import build
    from gci.sign_off.pending import pending
    from gci.storage.door import storage_of

    folders = data_folders()
    to_build = from_dict(candidate, folders)
    with mapped_errors(), storage_of(folders).working_on(candidate["folder"]):
        if to_build in pending(folders, to_build.edition):
            log.info("%s stands already: %s", candidate["label"], to_build.database)
            return candidate
        try:
            with metrics.build(to_build.edition):
                build(to_build, folders)
        finally:
            lineage.built(to_build, folders)
    log.info("%s is built: %s", candidate["label"], to_build.database)
    return candidate
