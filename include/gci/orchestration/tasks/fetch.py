"""Gathering: which partners are fetched, and each of them as a task of its own."""

from __future__ import annotations

import logging
from dataclasses import asdict
from typing import Any

from airflow.sdk import BaseHook
from airflow.sdk.exceptions import AirflowNotFoundException, AirflowSkipException

from gci.core.errors import TryAgain
from gci.core.paths import data_folders
from gci.orchestration.tasks.error_mapping import mapped_errors
from gci.orchestration.tasks.instrumented import instrumented

log = logging.getLogger(__name__)


def partners_to_gather() -> list[dict[str, Any]]:
    """The sources that are fetched: those whose description says from where, and whose connection is set up here.

    Returns:
        Per source: source and label, for mapped tasks.

    Raises:
        AirflowSkipException: none is.
    """
    from gci.partners.contracts import contracts

    found = []
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


@instrumented
def gather_partner(partner: dict[str, Any]) -> dict[str, Any]:
    """Fetch one source into its inbox folder, if it has changed.

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
