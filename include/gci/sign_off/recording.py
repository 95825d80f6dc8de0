"""Judges an answer to a request for a sign-off, and signs it in the moment in which Airflow records it.

Airflow lets whoever may edit a DAG's tasks answer, takes any digest, and records answers to tasks that have ended. Here
the rules of `gci.sign_off.approval_policy` are held first, against what has landed and not against what anybody
wrote into Airflow; and the record itself gets the server's signature (`gci.sign_off.signed`), without which it counts
for nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any
from unicodedata import category

from gci.sign_off.approval_policy import ANSWER, ASKED, SHELL, Answerer, Asked, refusal
from gci.sign_off.publishers import answerer

_ENDED = {"success", "failed", "skipped", "upstream_failed", "removed"}
_OPERATOR = "SignOffOperator"
_LONGEST_NOTE = 10_000  # characters; it stands in the release and in every file of it

_in_the_shell: ContextVar[str | None] = ContextVar("in_the_shell", default=None)
_being_recorded: ContextVar[Judged | None] = ContextVar("being_recorded", default=None)


@contextmanager
def answering_in_the_shell(name: str) -> Iterator[None]:
    """Within, this process answers for itself under a name: nothing that comes over a network can say so.

    Args:
        name: who signs.
    """
    before = _in_the_shell.set(name)
    try:
        yield
    finally:
        _in_the_shell.reset(before)


@dataclass(frozen=True)
class Place:
    """The task that asks.

    Attributes:
        dag_id: its DAG.
        run_id: its run.
        task_id: its name.
        map_index: -1 where it is not mapped.
    """

    dag_id: str
    run_id: str
    task_id: str
    map_index: int


@dataclass(frozen=True)
class Judged:
    """An answer that may be recorded.

    Attributes:
        place: the task that asks.
        request: the id of Airflow's record of the request.
        tries: how many tries the task has been given.
        user: the id of who answers.
        by: who answers.
        digest: of the file that it is about.
    """

    place: Place
    request: Any
    tries: int
    user: str
    by: Answerer
    digest: str


@contextmanager
def recorded(judged: Judged) -> Iterator[None]:
    """Within, Airflow's record of this answer is signed as it is made.

    Args:
        judged: the answer that may be recorded.
    """
    before = _being_recorded.set(judged)
    try:
        yield
    finally:
        _being_recorded.reset(before)


def judge(place: Place, body: bytes, user: Any) -> Judged | tuple[int, str] | None:
    """Hold an answer against the rules, and against what became of the task in the meantime.

    Args:
        place: the task that it is for.
        body: what was sent.
        user: the signed-in user, as Airflow's routes find them; None when nobody is.

    Returns:
        The answer, when it may be recorded; why it is refused, with the HTTP status for it; None when it answers
        another operator's request, or none, and Airflow's own rules hold.
    """
    from airflow.models.hitl import HITLDetail
    from airflow.utils.session import create_session

    with create_session() as session:
        waiting = _task(place, session)
        if waiting is None or waiting.operator != _OPERATOR:
            return None
        if user is None:
            return HTTPStatus.UNAUTHORIZED, "Log in to answer."
        kept, shown = _state(place, session), session.get(HITLDetail, waiting.id)
        if kept is None or shown is None:
            return HTTPStatus.CONFLICT, "Nothing is asked yet: wait until the request is shown."
        shell = _in_the_shell.get()
        by = Answerer((shell,), SHELL) if shell else answerer(user)
        digest = _digest(body)
        refused = _refused(kept, shown, by, digest) or _unwritable(body)
        if refused:
            return refused
        if str(waiting.state) in _ENDED:
            return HTTPStatus.CONFLICT, f"This is no longer asked: {place.task_id} has ended as {waiting.state}."
        return Judged(place, shown.ti_id, int(waiting.max_tries), str(user.get_id()), by, str(digest))


def keep(judged: Judged) -> None:
    """Put an answer that is recorded where the task can read it: Airflow tells it once only, by waking the task.

    Args:
        judged: the answer that was recorded.
    """
    from airflow.models.hitl import HITLDetail
    from airflow.state import get_state_backend
    from airflow.utils.session import create_session

    from gci.sign_off.signed import SIGNED

    with create_session() as session:
        answered = _task(judged.place, session)
        detail = answered and session.get(HITLDetail, answered.id)
        signed = ((detail and detail.params_input) or {}).get(SIGNED)
        if signed:
            told = json.dumps(signed)
            get_state_backend().set(_scope(judged.place), ANSWER, told, expires_at=None, session=session)


def sign_records() -> None:
    """From now on, in this process, sign the records of answers that were judged. Doing it twice is the same as once.

    Airflow fills the fields of its record one by one and what was filled in last, then wakes the task with a copy of
    them: so that field is where the signature goes, and is all that has to be waited for.
    """
    from airflow.models.hitl import HITLDetail
    from sqlalchemy import event

    if not event.contains(HITLDetail.params_input, "set", _sign):
        event.listen(HITLDetail.params_input, "set", _sign, retval=True)


def _sign(record: Any, filled_in: Any, *_: Any) -> Any:
    """What was filled in, with the signed answer beside it; as it is, when no judged answer is being recorded."""
    from gci.core.paths import data_folders
    from gci.sign_off.signed import SIGNED, SignedAnswer

    judged = _being_recorded.get()
    if judged is None or record.ti_id != judged.request or not record.responded_at:
        return filled_in
    if not record.responded_by or str(record.responded_by["id"]) != judged.user:
        return filled_in  # by somebody else than was judged
    answer = SignedAnswer(
        dag_id=judged.place.dag_id,
        run_id=judged.place.run_id,
        task_id=judged.place.task_id,
        map_index=judged.place.map_index,
        tries=judged.tries,
        digest=judged.digest,
        chosen=" and ".join(record.chosen_options),
        user=judged.user,
        by=str(record.responded_by["name"]),
        names=judged.by.names,
        role=str(judged.by.role),
        at=record.responded_at.astimezone(UTC).isoformat(),
        note=str(filled_in.get("note") or "").strip(),
    )
    return {**filled_in, SIGNED: answer.signed(data_folders())}


def _refused(kept: Any, shown: Any, by: Answerer, digest: str | None) -> tuple[int, str] | None:
    """Why an answer to a request is refused, with the HTTP status for it."""
    from gci.core.errors import GciError, TryAgain
    from gci.core.paths import data_folders
    from gci.sign_off import keys
    from gci.sign_off.pending import published_already, void
    from gci.sign_off.reviewers import candidate_of, reviewers
    from gci.storage.door import storage_of
    from gci.storage.release_log import release_of

    folders = data_folders()
    try:
        asked = Asked.of(kept)
        if asked.digest != shown.params["digest"]["value"]:
            return HTTPStatus.CONFLICT, "What is kept of the request is not what is shown. Clear sign_off to ask anew."
        refused = refusal(asked, by, digest, datetime.now(UTC), ())
        if not refused:
            keys.ready(folders)
            storage_of(folders).pull()
            if out := release_of(asked.digest, folders):  # by another run that asked about it too
                return HTTPStatus.CONFLICT, published_already(out)
            if why := void(asked.digest, folders):
                return HTTPStatus.CONFLICT, why
            written_by = reviewers(candidate_of(asked.digest, folders), folders)
            refused = refusal(asked, by, digest, datetime.now(UTC), written_by)
    except TryAgain as error:
        return HTTPStatus.SERVICE_UNAVAILABLE, str(error)
    except GciError as error:
        return HTTPStatus.CONFLICT, str(error)
    if not refused:
        return None
    return (HTTPStatus.FORBIDDEN if refused.kind == "who" else HTTPStatus.CONFLICT), refused.message


def _unwritable(body: bytes) -> tuple[int, str] | None:
    """Why the note of an answer cannot stand in a release, with the HTTP status for it."""
    note = _filled_in(body, "note")
    if note is None:
        return None
    if not isinstance(note, str) or any(category(one) in ("Cc", "Cs") and one not in "\t\r\n" for one in note):
        return HTTPStatus.UNPROCESSABLE_ENTITY, "The note is no plain text: leave out what cannot be printed."
    if len(note) > _LONGEST_NOTE:
        told = f"The note has {len(note)} characters and may have {_LONGEST_NOTE}: name a document instead."
        return HTTPStatus.UNPROCESSABLE_ENTITY, told
    return None


def _digest(body: bytes) -> str | None:
    """The digest that an answer names. What is no answer at all is left to Airflow to refuse."""
    given = _filled_in(body, "digest")
    return str(given).strip() if given else None


def _filled_in(body: bytes, name: str) -> Any:
    """What an answer gives for a field; None where it gives nothing or is no answer."""
    try:
        return json.loads(body)["params_input"].get(name)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _task(place: Place, session: Any) -> Any:
    from airflow.models.taskinstance import TaskInstance
    from sqlalchemy import select

    return session.scalar(
        select(TaskInstance).where(
            TaskInstance.dag_id == place.dag_id,
            TaskInstance.run_id == place.run_id,
            TaskInstance.task_id == place.task_id,
            TaskInstance.map_index == place.map_index,
        )
    )


def _state(place: Place, session: Any) -> Any:
    """What the task keeps of its request; None when it keeps nothing."""
    from airflow.state import get_state_backend

    kept = get_state_backend().get(_scope(place), ASKED, session=session)
    return None if kept is None else json.loads(kept)


def _scope(place: Place) -> Any:
    from airflow.state import TaskScope

    return TaskScope(place.dag_id, place.run_id, place.task_id, place.map_index)
