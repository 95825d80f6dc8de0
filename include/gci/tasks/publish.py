"""Publishing: the candidate that waits, what its signer is asked, the answer, the release."""

from __future__ import annotations

import logging
from dataclasses import asdict
from typing import Any

from airflow.sdk import get_current_context
from airflow.sdk.exceptions import AirflowSkipException

from gci import metrics
from gci.assets import PUBLISHED
from gci.errors import Blocked
from gci.lineage import tell as lineage
from gci.paths import data_folders
from gci.records import SignOff
from gci.tasks.candidates import packed, unpacked
from gci.tasks.outcomes import task_outcome
from gci.tasks.watched import watched

log = logging.getLogger(__name__)


@watched
def choose(edition: str) -> dict[str, Any]:
    """The candidate to publish.

    Args:
        edition: the edition. Empty: in a run of the schedule or a backfill the one whose day of publication it is,
            otherwise that of the newest candidate that nobody has been asked about.

    Returns:
        The candidate, packed.

    Raises:
        AirflowSkipException: none waits; or, when no edition is named, all that do have been put before someone.
        AirflowFailException: there is no such edition.
    """
    from gci.reference import edition as known
    from gci.sign_off.record import rejection
    from gci.sign_off.waiting import asked_in, waiting
    from gci.store.shared import bring

    edition = edition or _published_on_this_day()
    with task_outcome():
        bring(data_folders())
        found = waiting(data_folders(), known(edition).edition if edition else None)
    if not edition:  # nobody is asked twice, nor about what was rejected, unless the edition is named
        found = [one for one in found if not rejection(one) and asked_in(one) in (None, _this_run())]
    if not found:
        about = f"No candidate of {edition}" if edition else "No candidate that nobody has been asked about"
        raise AirflowSkipException(f"{about} waits for publication: nothing to publish.")
    log.info("%s vintage %s: %s", found[0].edition, found[0].vintage, found[0].folder)
    return packed(found[0])


@watched
def request(candidate: dict[str, Any]) -> dict[str, Any]:
    """What the signer is asked.

    Args:
        candidate: the candidate, packed.

    Returns:
        subject and summary for the signer; digest: SHA-256 of the file that is asked about; reviewers: who wrote the
        reviews that it rests on, and so cannot sign.
    """
    from gci.airflow_ui.address import pages_address
    from gci.publish.checksums import sha256
    from gci.sign_off.request import reviewers, summary
    from gci.sign_off.waiting import mark_asked
    from gci.store.shared import at_hand

    folders = data_folders()
    asked_about = unpacked(candidate, folders)
    with task_outcome(), at_hand(folders, candidate["folder"]):
        digest = sha256(asked_about.database)
        told = summary(asked_about, folders, pages_address())
        reviewed_by = reviewers(asked_about, folders)
        mark_asked(asked_about, digest, _this_run())
    return {
        "subject": f"Publish {asked_about.edition}, vintage {asked_about.vintage}?",
        "summary": told,
        "digest": digest,
        "reviewers": reviewed_by,
    }


def _published_on_this_day() -> str:
    """The edition that a run of the schedule or a backfill is about; nothing for a run by hand."""
    from gci.edition_calendar import published_on

    run = get_current_context()["dag_run"]
    return (published_on(run.logical_date) if run.run_type != "manual" and run.logical_date else None) or ""


def _this_run() -> str:
    return str(get_current_context()["run_id"])


@watched
def approved(requested: dict[str, Any], answer: dict[str, Any] | None) -> dict[str, str]:
    """The sign-off, from the recorded answer.

    Args:
        requested: what was asked.
        answer: what the task `sign_off` returned; None when it was marked as done by hand.

    Returns:
        The SignOff, as plain values.

    Raises:
        AirflowSkipException: it is a rejection.
        AirflowFailException: it does not count.
    """
    from gci.sign_off.record import approves, sign_off

    with task_outcome():
        if not approves(answer):
            raise AirflowSkipException("Rejected: nothing is published.")
        assert answer is not None
        signed = sign_off(answer, requested["digest"])
    log.info("Signed off by %s at %s (%s): %s", signed.name, signed.signed_at, signed.via, signed.note or "no note")
    return asdict(signed)


@watched
def rejected(candidate: dict[str, Any], answer: dict[str, Any] | None) -> str:
    """Keep that the candidate was rejected, and why.

    Args:
        candidate: the candidate, packed.
        answer: what the task `sign_off` returned; None when it was marked as done by hand.

    Returns:
        By whom and why, in a sentence.

    Raises:
        AirflowSkipException: it is an approval.
        AirflowFailException: it does not count.
    """
    from gci.sign_off.record import approves, reject
    from gci.store.candidates import REJECTIONS
    from gci.store.landed import keep_folder
    from gci.store.shared import bring

    folders = data_folders()
    with task_outcome():
        if approves(answer):
            raise AirflowSkipException("Not rejected.")
        assert answer is not None
        bring(folders, candidate["folder"])
        sentence = reject(unpacked(candidate, folders), answer)
        keep_folder(folders.candidates / REJECTIONS, "", folders)
    log.warning("%s", sentence)
    return sentence


@watched
def publish(candidate: dict[str, Any], signed: dict[str, str] | None) -> str:
    """Publish the signed candidate.

    Args:
        candidate: the candidate, packed.
        signed: the sign-off, as plain values; None when `approved` was marked as done by hand.

    Returns:
        The folder of the release.

    Raises:
        AirflowFailException: the file is not the one that was approved, or something else that must hold does not.
    """
    from gci.publish.release import publish
    from gci.sign_off.figures import figures
    from gci.store.shared import at_hand

    folders = data_folders()
    with task_outcome(), at_hand(folders, candidate["folder"]):
        if not signed:
            raise Blocked("Nobody has signed this candidate. Nothing was published.")
        release = publish(unpacked(candidate, folders), SignOff(**signed), folders)
    lineage.published(unpacked(candidate, folders), folders)
    metrics.published(candidate["edition"], figures(folders.current, candidate["edition"])["states"])
    log.info("%s is published: %s", candidate["label"], release)
    get_current_context()["outlet_events"][PUBLISHED].extra = dict(candidate)
    return str(release)
