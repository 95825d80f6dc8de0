"""Gathering: which partners are fetched, and each of them as a task of its own."""

from __future__ import annotations

import logging
from dataclasses import asdict
from typing import Any

from airflow.sdk import BaseHook, task
from airflow.sdk.exceptions import AirflowNotFoundException, AirflowSkipException

from gci.core.errors import TryAgain
from gci.core.ids import FETCH_PARTNER, FETCHED_PARTNERS, in_group
from gci.core.paths import data_folders
from gci.orchestration.hand_overs import FetchedPartner
from gci.orchestration.tasks.error_mapping import mapped_errors
from gci.orchestration.tasks.instrumented import instrumented
from gci.orchestration.tasks.retries import LOST_WHILE_READING, PARTNERS_OWN

log = logging.getLogger(__name__)


@task(task_id=in_group(FETCHED_PARTNERS), **LOST_WHILE_READING)
def partners_to_fetch() -> list[FetchedPartner]:
    """The sources that are fetched: those whose description says from where, and whose connection is set up here.

    Returns:
        The sources, for mapped tasks.

    Raises:
        AirflowSkipException: none is.
    """
    from gci.partners.contracts import contracts

    found: list[FetchedPartner] = []
    with mapped_errors():
        described = contracts()
    for source, contract in described.items():
        if contract.gather is None:
            continue
        if not _exists(contract.gather.connection):
            log.info("%s is not fetched: there is no connection %s here.", source, contract.gather.connection)
            continue
        found.append({"source": source, "label": f"{source}: {contract.title}"})
    if not found:
        raise AirflowSkipException("No partner is fetched here: what lies in the inbox is collected all the same.")
    return found


@task(task_id=in_group(FETCH_PARTNER), map_index_template="{{ task.op_kwargs['partner']['label'] }}", **PARTNERS_OWN)
@instrumented
def fetch_source(partner: FetchedPartner) -> dict[str, Any]:
    """Fetch one source into its inbox folder, if it has changed.

    Returns:
        What is remembered of it (gci.partners.fetch.state.Gathered, as a dict).

    Raises:
        AirflowSkipException: it has not changed.
        AirflowFailException: it is down, or offers something that cannot be taken: its latest good file stays in use.
    """
    from gci.core.errors import Blocked
    from gci.partners.contracts import contracts
    from gci.partners.fetch.fetch import fetch_partner
    from gci.storage.door import storage_of

    folders = data_folders()
    with mapped_errors():
        try:
            with storage_of(folders).fetching(partner["source"]):
                known = fetch_partner(contracts()[partner["source"]], folders)
        except TryAgain as error:  # it was tried often enough: the next run is the next try
            raise Blocked(str(error)) from error
    if known.changed_at != known.confirmed_at:
        raise AirflowSkipException(f"{known.source} has not changed since {known.changed_at}.")
    return asdict(known)


def _exists(connection: str) -> bool:
    try:
        BaseHook.get_connection(connection)
    except AirflowNotFoundException:
        return False
    return True
