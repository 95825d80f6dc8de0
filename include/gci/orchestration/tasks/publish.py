"""Publishing: the candidate that waits, what its signer is asked, the answer, the release."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from airflow.sdk import get_current_context, task
from airflow.sdk.exceptions import AirflowSkipException

from gci.core import metrics
from gci.core.errors import Blocked
from gci.core.ids import APPROVED, CHOOSE, PUBLISH, REJECTED, RELEASE_DUE, REQUEST, SIGN_OFF_POOL, WRITER_POOL
from gci.core.paths import DataFolders, data_folders
from gci.core.records import Candidate
from gci.orchestration.assets import PUBLISHED
from gci.orchestration.hand_overs import PackedCandidate, SignOffRequest
from gci.orchestration.lineage import emit as lineage
from gci.orchestration.tasks.candidates import to_dict
from gci.orchestration.tasks.error_mapping import mapped_errors
from gci.orchestration.tasks.instrumented import instrumented
from gci.orchestration.tasks.retries import BUSY_PLACE, LOST_AT_WORK, LOST_WHILE_READING

log = logging.getLogger(__name__)


# However many runs are triggered at once: one after the other chooses, and a candidate is chosen once.
@task(task_id=CHOOSE, max_active_tis_per_dag=1, **LOST_WHILE_READING)
@instrumented
def choose(edition: str) -> PackedCandidate:
    """The candidate to publish.

    Args:
        edition: the edition, or `partners`. Empty: in a run of the schedule or a backfill the one whose day of
            publication it is, otherwise that of the newest candidate that nobody has been asked about.

    Returns:
        The candidate, packed.

    Raises:
        AirflowSkipException: none waits; or, when no edition is named, all that do have been put before someone.
        AirflowFailException: there is no such edition.
    """
    from gci.core.checksums import sha256
    from gci.reference.seeds import line
    from gci.sign_off.pending import asked_in, mark_asked, pending
    from gci.sign_off.record import rejection
    from gci.storage.door import storage_of

    edition = edition or _published_on_this_day()
    with mapped_errors():
        storage_of(data_folders()).pull()
        found = pending(data_folders(), line(edition) if edition else None)
    if not edition:  # nobody is asked twice, nor about what was rejected, unless the edition is named
        found = [one for one in found if not rejection(one) and asked_in(one) in (None, _this_run())]
    if not found:
        about = f"No candidate of {edition}" if edition else "No candidate that nobody has been asked about"
        raise AirflowSkipException(f"{about} waits for publication: nothing to publish.")
    # No other run takes it up as well.
    with mapped_errors(), storage_of(data_folders()).working_on(found[0].folder.name):
        mark_asked(found[0], sha256(found[0].database), _this_run())
    log.info("%s vintage %s: %s", found[0].edition, found[0].vintage, found[0].folder)
    return to_dict(found[0])


@task(task_id=REQUEST, pool=SIGN_OFF_POOL, **LOST_AT_WORK)
@instrumented
def request(candidate: PackedCandidate) -> SignOffRequest:
    """What the signer is asked.

    Args:
        candidate: the candidate, packed.

    Returns:
        subject and summary for the signer; digest: SHA-256 of the file that is asked about.
    """
    from gci.core.checksums import sha256
    from gci.orchestration.address import pages_address
    from gci.sign_off.request import summary

    with _told_by_itself(candidate) as (asked_about, folders):
        digest = sha256(asked_about.database)
        told = summary(asked_about, folders, pages_address())
    return {
        "subject": f"Publish {asked_about.edition}, vintage {asked_about.vintage}?",
        "summary": told,
        "digest": digest,
    }


@contextmanager
def _told_by_itself(candidate: PackedCandidate) -> Iterator[tuple[Candidate, DataFolders]]:
    """The candidate in the folder that was handed on, at hand, as its own manifest tells: XComs may be written over."""
    from gci.sign_off.reviewers import candidate_named, folder_name
    from gci.storage.door import storage_of

    folders = data_folders()
    with mapped_errors():
        name = folder_name(candidate["folder"])
        with storage_of(folders).working_on(name):
            yield candidate_named(name, folders), folders


def _published_on_this_day() -> str:
    """The edition that a run of the schedule or a backfill is about; nothing for a run by hand."""
    from gci.notifications.edition_calendar import published_on

    run = get_current_context()["dag_run"]
    return (published_on(run.logical_date) if run.run_type != "manual" and run.logical_date else None) or ""


def _this_run() -> str:
    return str(get_current_context()["run_id"])


def _run() -> tuple[str, str]:
    """The DAG and the run that this task is of."""
    return str(get_current_context()["ti"].dag_id), _this_run()


@task(task_id=APPROVED, **LOST_WHILE_READING)
@instrumented
def approved(candidate: PackedCandidate, answer: dict[str, Any] | None) -> dict[str, str]:
    """The sign-off, from the signed answer.

    Args:
        candidate: the candidate, packed.
        answer: what the task `sign_off` returned; None when it was marked as done by hand.

    Returns:
        The SignOff, as plain values, for people: `publish` reads the answer itself.

    Raises:
        AirflowSkipException: it is a rejection.
        AirflowFailException: it does not count.
    """
    from gci.sign_off.record import answered, sign_off

    with _told_by_itself(candidate) as (asked_about, folders):
        given = answered(answer, _run(), asked_about, folders)
        if not given.approves:
            raise AirflowSkipException("Rejected: nothing is published.")
        signed = sign_off(given, asked_about)
    log.info("Signed off by %s at %s (%s): %s", signed.name, signed.signed_at, signed.via, signed.note or "no note")
    return asdict(signed)


@task(task_id=REJECTED, **LOST_WHILE_READING)
@instrumented
def rejected(candidate: PackedCandidate, answer: dict[str, Any] | None) -> str:
    """Keep that the candidate was rejected, and why.

    Args:
        candidate: the candidate, packed.
        answer: what the task `sign_off` returned; None when it was marked as done by hand.

    Returns:
        By whom and why, in a sentence.

    Raises:
        AirflowSkipException: it is an approval, or there is none: `approved` fails then, once for both.
        AirflowFailException: it does not count, or the file is published already.
    """
    if answer is None:  # `approved` says so, and one red task is enough
        raise AirflowSkipException("There is no answer: nothing was rejected.")
    from gci.sign_off.pending import published_already
    from gci.sign_off.record import answered, reject
    from gci.storage.door import storage_of
    from gci.storage.embargo import withdraw
    from gci.storage.release_log import release_of

    with _told_by_itself(candidate) as (asked_about, folders):
        given = answered(answer, _run(), asked_about, folders)
        if given.approves:
            raise AirflowSkipException("Not rejected.")
        if out := release_of(given.digest, folders):
            raise Blocked(f"The rejection by {given.by} came too late. {published_already(out)}")
        sentence = reject(asked_about, given)
        waited = withdraw(given.digest, given.by, given.moment.isoformat(), given.note, folders)
        storage_of(folders).candidates.push_rejections()
    log.warning("%s", sentence)
    if waited:
        log.warning("%s waited for its hour, approved by %s: it waits no more.", waited.name, waited.by)
    return sentence


# A full disk may pass, and so does another publication that is under way.
@task(task_id=PUBLISH, outlets=[PUBLISHED], pool=WRITER_POOL, **BUSY_PLACE)
@instrumented
def publish(candidate: PackedCandidate, answer: dict[str, Any] | None) -> str:
    """Publish the signed candidate.

    What came through Airflow is not believed: the answer must be one that the server signed for this run, about
    the file
    that lies in the candidate's folder, by somebody who wrote none of the reviews that have landed for it; edition,
    vintage and the reports of the gates are read from that folder.

    Args:
        candidate: the candidate, packed.
        answer: what the task `sign_off` returned; None when it was marked as done by hand.

    Returns:
        The folder of the release.

    Raises:
        AirflowSkipException: its hour has not come: it waits, and `release_at_hour` publishes it.
        AirflowFailException: the answer does not count, the file is not the one that was approved, or something else
            that must hold does not.
    """
    from gci.publish.embargo import is_held
    from gci.publish.release import publish
    from gci.sign_off.at_the_hour import keep_until_then
    from gci.sign_off.record import answered, keep, sign_off
    from gci.storage.hours import hour_of

    with _told_by_itself(candidate) as (signed_for, folders):
        given = answered(answer, _run(), signed_for, folders)
        signed = sign_off(given, signed_for)
        if hour_of(signed_for.edition, folders):
            keep_until_then(answer or {}, given, folders)
        else:
            keep(answer or {}, given, folders)
        release = publish(signed_for, signed, folders)
        if release.is_relative_to(folders.embargoed):
            raise AirflowSkipException(is_held(signed_for.edition, folders) or f"{release} waits for its hour.")
        keep(answer or {}, given, folders)
    return _is_out(signed_for, release, folders)


@task(task_id=RELEASE_DUE, outlets=[PUBLISHED], pool=WRITER_POOL, **BUSY_PLACE)
@instrumented
def release_due() -> list[str]:
    """Publish what was approved and whose hour has come; have what waits, and latest.json, say what is so by now.

    Returns:
        The folders of the releases.

    Raises:
        AirflowSkipException: nothing waits, or its hour has not come; the log says which.
        AirflowFailException: an approval does not count any more, or something else that must hold does not.
    """
    from gci.sign_off.at_the_hour import due, lay_again, publish_waiting
    from gci.storage.door import storage_of
    from gci.storage.embargo import waiting
    from gci.storage.latest import tell_readers

    folders = data_folders()
    out = []
    with mapped_errors():
        storage = storage_of(folders)
        storage.pull()
        tell_readers(folders)
        storage.release_log.complete()
        for one in due(folders):
            with storage.working_on(one.candidate):
                release = publish_waiting(one, folders)
            out.append(_is_out(_candidate(one.candidate, folders), release, folders))
        for one in waiting(folders).values():
            with storage.working_on(one.candidate):
                lay_again(one.edition, folders)
    if not out:
        raise AirflowSkipException("No approved release waits whose hour has come: nothing to publish.")
    return out


def _candidate(name: str, folders: DataFolders) -> Candidate:
    from gci.sign_off.reviewers import candidate_named

    return candidate_named(name, folders)


def _is_out(candidate: Candidate, release: Path, folders: DataFolders) -> str:
    """Tell lineage, metrics and the assets of a release that is out; its folder."""
    from gci.publish.figures import figures

    lineage.published(candidate, folders)
    metrics.published(candidate.edition, figures(folders.current, candidate.edition)["states"])
    out = to_dict(candidate)
    log.info("%s is published: %s", out["label"], release)
    extra: dict[str, Any] = dict(out)
    get_current_context()["outlet_events"][PUBLISHED].extra = extra
    return str(release)
