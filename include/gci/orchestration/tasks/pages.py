"""What people will read of a candidate: made before anyone is asked, so that the signer sees what goes out."""

from __future__ import annotations

import logging
from typing import Any

from gci.core.paths import data_folders
from gci.orchestration.tasks.candidates import from_dict
from gci.orchestration.tasks.error_mapping import mapped_errors
from gci.orchestration.tasks.instrumented import instrumented

log = logging.getLogger(__name__)


@instrumented
def write_pages(candidate: dict[str, Any]) -> dict[str, Any]:
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
    log.info("%s has its pages: %s", candidate["label"], written or "none, as they are of editions")
    return candidate
