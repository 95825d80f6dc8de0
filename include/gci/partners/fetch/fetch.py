"""Fetches what one source offers into its inbox folder, if it has changed; tries again where that may help."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import replace

from gci.core import clock
from gci.core.errors import GciError, WrongUsage
from gci.core.paths import DataFolders
from gci.partners.contract import Contract, Gather
from gci.partners.fetch import file, http, s3, sftp
from gci.partners.fetch.rate_limiter import Pace
from gci.partners.fetch.state import Gathered, recall, remember
from gci.partners.fetch.transport import Download, Mark, NotOfferedError, PartnerDownError, sweep

log = logging.getLogger(__name__)

Fetch = Callable[[Gather, Mark, Download, Pace], Mark | None]

# By the type of the Airflow connection.
WAYS: dict[str, Fetch] = {
    "http": http.fetch,
    "https": http.fetch,
    "aws": s3.fetch,
    "s3": s3.fetch,
    "sftp": sftp.fetch,
    "ssh": sftp.fetch,
    "fs": file.fetch,
    "file": file.fetch,
}
_STALE = 24 * 3600  # seconds after which what was half fetched is what a killed run left


def fetch_partner(contract: Contract, folders: DataFolders) -> Gathered:
    """Fetch one source.

    Args:
        contract: its description, with `gather`.
        folders: inbox and landing zone.

    Returns:
        What is known of the source now: `changed_at` equals `confirmed_at` when a new file lies in the inbox.

    Raises:
        PartnerDownError: after all tries. NotOfferedError: what the partner offers cannot be taken. WrongUsage: the
            connection does not exist or has a type that nothing is fetched by. In each case the inbox is as it was, and
            what the source gave before stays in use.
    """
    where = contract.gather
    if where is None:
        raise WrongUsage(f"The description of {contract.source} does not say where it is fetched from (gather).")
    before = recall(contract.source, folders)
    try:
        now = _with_tries(contract, where, before, folders)
    except GciError as error:
        remember(before.failing(str(error), _now()), folders)
        raise
    remember(now, folders)
    return now


def _with_tries(contract: Contract, where: Gather, before: Gathered, folders: DataFolders) -> Gathered:
    wait = where.wait
    for tried in range(1, where.tries + 1):
        try:
            return _once(contract, where, before, folders)
        except PartnerDownError as error:
            if tried == where.tries:
                raise PartnerDownError(
                    f"{contract.source} could not be fetched in {tried} tries, the last time because {error} "
                    "Its latest good file stays in use."
                ) from None
            pause = max(wait, error.wait or 0)
            log.warning("%s: %s Next try in %g s.", contract.source, error, pause)
            time.sleep(pause)
            wait *= 2
    raise NotOfferedError(f"{contract.source} is to be tried 0 times.")


def _once(contract: Contract, where: Gather, before: Gathered, folders: DataFolders) -> Gathered:
    home = folders.inbox / "partners" / contract.source
    sweep(home, time.time() - _STALE)
    address = f"{where.connection} {where.path}"
    when = _now()
    with Download(home, where.largest) as download:
        mark = _way(where)(where, before.mark(address), download, Pace(folders.gathered))
        if mark is None or download.digest == before.digest:
            log.info("%s has not changed since %s.", contract.source, before.changed_at)
            known = before if mark is None else replace(before, etag=mark.etag, last_modified=mark.last_modified)
            return replace(known, address=address, confirmed_at=when, failed_at="", failure="")
        name = where.name.replace("{date}", when[:10])
        download.keep_as(home / name)
        log.info("%s: %d bytes as %s.", contract.source, download.size, home / name)
    return Gathered(
        source=contract.source,
        address=address,
        etag=mark.etag,
        last_modified=mark.last_modified,
        digest=download.digest,
        file=name,
        changed_at=when,
        confirmed_at=when,
    )


def _way(where: Gather) -> Fetch:
    from airflow.sdk import BaseHook
    from airflow.sdk.exceptions import AirflowNotFoundException

    try:
        kind = BaseHook.get_connection(where.connection).conn_type
    except AirflowNotFoundException:
        raise WrongUsage(
            f"There is no Airflow connection {where.connection}: add it, or set it in the environment."
        ) from None
    if kind not in WAYS:
        raise WrongUsage(
            f"The Airflow connection {where.connection} is of the type {kind}; fetched is by {', '.join(sorted(WAYS))}."
        )
    return WAYS[kind]


def _now() -> str:
    return clock.now().isoformat()
