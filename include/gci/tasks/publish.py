"""Publishing: the candidate that waits, what its signer is asked, the answer, the release."""

from __future__ import annotations

import logging
from typing import Any

from airflow.sdk import get_current_context
from airflow.sdk.exceptions import AirflowSkipException

from gci import metrics
from gci.assets import PUBLISHED
from gci.lineage import tell as lineage
from gci.paths import data_folders
from gci.records import SignOff
from gci.sign_off.operator import ANSWER
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
def request(candidate: dict[str, Any]) -> dict[str, str]:
    """What the signer is asked.

    Args:
        candidate: the candidate, packed.

    Returns:
        subject and summary for the approval; digest: SHA-256 of the file that is asked about.
    """
    from gci.publish.checksums import sha256
    from gci.sign_off.request import summary
    from gci.sign_off.waiting import mark_asked
    from gci.store.shared import at_hand

    folders = data_folders()
    asked_about = unpacked(candidate, folders)
    with task_outcome(), at_hand(folders, candidate["folder"]):
        digest = sha256(asked_about.database)
        told = summary(asked_about, folders)
        mark_asked(asked_about, digest, _this_run())
    return {
        "subject": f"Publish {asked_about.edition}, vintage {asked_about.vintage}?",
        "summary": told,
        "digest": digest,
    }


def _published_on_this_day() -> str:
    """The edition that a run of the schedule or a backfill is about; nothing for a run by hand."""
    from gci.edition_calendar import published_on

    run = get_current_context()["dag_run"]
    return (published_on(run.logical_date) if run.run_type != "manual" and run.logical_date else None) or ""


def _this_run() -> str:
    return str(get_current_context()["run_id"])


@watched
def approved(requested: dict[str, str], answer: dict[str, Any]) -> dict[str, str]:
    """The sign-off, from the recorded answer.

    Args:
        requested: what was asked.
        answer: what the approval task returned.

    Returns:
        The SignOff, as plain values.

    Raises:
        AirflowFailException: the answer is no approval by anyone.
    """
    from gci.sign_off.record import sign_off

    with task_outcome():
        signed = sign_off(answer, requested["digest"])
    log.info("Signed off by %s at %s (%s): %s", signed.name, signed.signed_at, signed.via, signed.note or "no note")
    return {
        "name": signed.name,
        "signed_at": signed.signed_at,
        "note": signed.note,
        "candidate_digest": signed.candidate_digest,
        "via": signed.via,
    }


@watched
def publish(candidate: dict[str, Any], signed: dict[str, str]) -> str:
    """Publish the signed candidate.

    Args:
        candidate: the candidate, packed.
        signed: the sign-off, as plain values.

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
        release = publish(unpacked(candidate, folders), SignOff(**signed), folders)
    lineage.published(unpacked(candidate, folders), folders)
    metrics.published(candidate["edition"], figures(folders.current, candidate["edition"])["states"])
    log.info("%s is published: %s", candidate["label"], release)
    get_current_context()["outlet_events"][PUBLISHED].extra = dict(candidate)
    return str(release)


@watched
def rejected() -> str:
    """Keep that the candidate was rejected, and why.

    Takes candidate and answer from the run itself: handed over as arguments they would make this task hang on the
    approval, which skips whatever does.

    Returns:
        By whom and why, in a sentence.

    Raises:
        AirflowSkipException: nobody was asked.
    """
    from gci.sign_off.record import reject
    from gci.store.candidates import REJECTIONS
    from gci.store.landed import keep_folder
    from gci.store.shared import bring

    this: Any = get_current_context()["ti"]
    answer = this.xcom_pull(task_ids="sign_off", key=ANSWER)
    if not answer:
        raise AirflowSkipException("Nobody was asked, so nothing was rejected.")
    folders = data_folders()
    candidate = this.xcom_pull(task_ids="gate_release")
    with task_outcome():
        bring(folders, candidate["folder"])
        sentence = reject(unpacked(candidate, folders), answer)
        keep_folder(folders.candidates / REJECTIONS, "", folders)
    log.warning("%s", sentence)
    return sentence
