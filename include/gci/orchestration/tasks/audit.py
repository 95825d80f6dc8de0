"""The statistical audit of a candidate, on paper: its draws and the report that a signer reads."""

from __future__ import annotations

import logging

from airflow.sdk import task

from gci.core.ids import AUDIT, in_group
from gci.core.paths import data_folders
from gci.orchestration.hand_overs import PackedCandidate
from gci.orchestration.tasks.candidates import LABEL, from_dict
from gci.orchestration.tasks.error_mapping import mapped_errors
from gci.orchestration.tasks.instrumented import instrumented
from gci.orchestration.tasks.retries import LOST_AT_WORK

log = logging.getLogger(__name__)


@task(task_id=in_group(AUDIT), map_index_template=LABEL, **LOST_AT_WORK)
@instrumented
def audit_candidate(candidate: PackedCandidate) -> PackedCandidate:
    """Write the draws and the report of the audit beside the candidate's file. Safe to repeat.

    Of a partner release there is nothing to audit: no score moves by it. A candidate that stands already, passed by
    its gates, is left as it is: its report may be before a signer.

    Args:
        candidate: the candidate, packed.

    Returns:
        The candidate again, for the next task.
    """
    from gci.audit.stage import write_audit
    from gci.sign_off.pending import pending
    from gci.storage.door import storage_of

    folders = data_folders()
    audited = from_dict(candidate, folders)
    with mapped_errors(), storage_of(folders).working_on(candidate["folder"]):
        if audited in pending(folders, audited.edition):
            log.info("%s stands already: %s", candidate["label"], audited.folder / "audit")
            return candidate
        written = write_audit(audited)
    log.info("%s is audited: %s", candidate["label"], written or "nothing to do, no score moves")
    return candidate
