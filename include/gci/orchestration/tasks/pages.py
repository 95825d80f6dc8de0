"""What people will read of a candidate: made before anyone is asked, so that the signer sees what goes out."""

from __future__ import annotations

import logging

from airflow.sdk import task

from gci.core.ids import WRITE_PAGES, in_group
from gci.core.paths import data_folders
from gci.orchestration.hand_overs import PackedCandidate
from gci.orchestration.tasks.candidates import LABEL, from_dict
from gci.orchestration.tasks.error_mapping import mapped_errors
from gci.orchestration.tasks.instrumented import instrumented
from gci.orchestration.tasks.retries import LOST_AT_WORK

log = logging.getLogger(__name__)


@task(task_id=in_group(WRITE_PAGES), map_index_template=LABEL, **LOST_AT_WORK)
@instrumented
def write_pages(candidate: PackedCandidate) -> PackedCandidate:
    """Write the pages of a candidate beside its file. Safe to repeat.

    A candidate that stands already, passed by its gates, is left as it is: its pages may be before a signer.

    Args:
        candidate: the candidate, packed.

    Returns:
        The candidate again, for the next task.
    """
    from gci.sign_off.pending import pending
    from gci.site.stage import write_pages
    from gci.storage.door import storage_of

    folders = data_folders()
    told = from_dict(candidate, folders)
    with mapped_errors(), storage_of(folders).working_on(candidate["folder"]):
        if told in pending(folders, told.edition):
            log.info("%s stands already: %s", candidate["label"], told.folder / "pages")
            return candidate
        written = write_pages(told)
    log.info("%s has its pages: %s", candidate["label"], written)
    return candidate
