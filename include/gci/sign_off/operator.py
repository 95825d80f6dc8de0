"""The task that asks a person, and loses no answer."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Any, NoReturn

from airflow.providers.standard.operators.hitl import HITLOperator
from airflow.sdk import Param
from airflow.sdk.definitions.param import ParamsDict
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException, TaskAwaitingInput
from airflow.sdk.execution_time.context import NEVER_EXPIRE
from airflow.sdk.execution_time.hitl import upsert_hitl_detail

from gci.core.errors import Blocked
from gci.core.paths import data_folders
from gci.sign_off.approval_policy import ANSWER, APPROVED, ASKED, REJECTED, Asked
from gci.sign_off.signed import SIGNED, SignedAnswer, compare, verified_for

DAYS: dict[str, Any] = {
    "type": "number",
    "exclusiveMinimum": 0,
    "maximum": 366,
    # Not a number is neither below one bound nor above another, so it would pass; nothing else fits both of these.
    "not": {"minimum": 1, "maximum": 0},
}
"""What the days that a sign-off is open may be, as the schema of a parameter."""
_FIRST_LOOK, _LAST_LOOK = timedelta(seconds=30), timedelta(hours=1)


class SignOffOperator(HITLOperator):
    """Asks for a sign-off, waits as long as it may take, and returns the answer whatever it is.

    There are no defaults: silence never approves. When the time is over the task fails, and is not tried again.

    Airflow 3.3 has two ways to lose an answer. One that is recorded while the task is being parked may not wake it, and
    one that wakes it before the executor has reported the parked try makes the scheduler fail that try. So the task
    wakes by itself now and then, and gets the answer if there is one (after 30 seconds, then after twice as long as it
    has waited, at most an hour); and a new try looks first for the answer, which the server has put where tasks can
    read it, and never asks a second time, which would make Airflow forget the first answer.

    Nothing counts as an answer but what the server signed for this very request: neither what stands in Airflow's
    record without a signature, nor what somebody wrote into the task's state.

    Cleared by a person, it asks again: an approval stands for one time. About a file that is published nobody is asked.

    Args:
        requested: what the task `request` returned: subject, summary, digest.
        days: for how many days an answer is waited for.
    """

    template_fields: Collection[str] = ("requested", "days")

    def __init__(self, *, requested: Any, days: Any, **kwargs: Any) -> None:
        # Airflow would take a task's execution timeout for the time to answer.
        super().__init__(subject="", options=[APPROVED, REJECTED], **{**kwargs, "execution_timeout": None})
        self.params = self._form("")
        self.requested = requested
        self.days = days

    def _form(self, digest: str) -> ParamsDict:
        """What the signer fills in beside the option."""
        return ParamsDict(
            {
                "digest": Param(digest, type="string", description="SHA-256 of the file that the answer is about."),
                "note": Param(
                    None,
                    type=["null", "string"],
                    title="Why?",
                    description="What you compared, and with what. It goes into the release with your name; "
                    "a rejection keeps it for whoever mends it.",
                ),
            }
        )

    def execute(self, context: Any) -> Any:
        """Ask, unless the answer is there already, and wait.

        Raises:
            AirflowSkipException: the file is published, or a newer one waits: an answer would change nothing.
            AirflowFailException: this run has asked about another file before: Airflow keeps showing the old request.
        """
        state = context["task_state_store"]
        before = state.get(ASKED)
        kept = _read(before) if before else None
        if kept and kept.digest != self.requested["digest"]:
            raise AirflowFailException(
                "This run has asked about another file before, and Airflow would go on showing that request. Trigger "
                "publish_edition anew with the edition. Nothing was published."
            )
        tries = context["ti"].max_tries
        if kept and tries > kept.tries:
            self.log.info("Cleared: asking again.")
            state.delete(ANSWER)
            kept = None
        answer = kept and self._answer(context, kept, None)
        if answer:
            self.log.info("The answer had been recorded before this try.")
            return answer
        if not kept:
            self._skip_if_settled()
            until = datetime.now(UTC) + timedelta(days=float(self.days))
            kept = Asked(self.requested["digest"], until.isoformat(timespec="seconds"), tries)
            self._ask(context, kept)
            state.set(ASKED, kept.as_dict(), retention=NEVER_EXPIRE)
        return self._wait(kept)

    def _skip_if_settled(self) -> None:
        """End without an answer where none is needed any more: the file is out, or a newer one waits."""
        from gci.sign_off.pending import published_already, void
        from gci.storage.door import storage_of
        from gci.storage.release_log import release_of

        folders = data_folders()
        storage_of(folders).pull()
        out = release_of(self.requested["digest"], folders)
        if out:
            raise AirflowSkipException(published_already(out))
        if why := void(self.requested["digest"], folders):
            raise AirflowSkipException(why)

    def execute_complete(self, context: Any, event: dict[str, Any]) -> Any:
        """Go on after the wait: with the answer, or to wait on.

        Raises:
            AirflowSkipException: another run has published the file, or a newer candidate of the edition waits.
            AirflowFailException: nobody answered in time; what is recorded as an answer does not count; or it cannot be
                read.
        """
        kept = _read(context["task_state_store"].get(ASKED))
        answer = self._answer(context, kept, event)
        if answer:
            return answer
        if event.get("error_type") not in (None, "timeout"):
            raise AirflowFailException(f"The answer cannot be taken: {event.get('error')}. Nothing was published.")
        if not _over(kept):
            self._skip_if_settled()  # another run asked about the same file
            self._wait(kept)
        raise AirflowFailException(
            f"Nobody answered until {kept.until}: nothing was published, and the candidate stays. Trigger "
            "publish_edition with the edition to ask again."
        )

    def _ask(self, context: Any, asked: Asked) -> None:
        self.subject, self.body = self.requested["subject"], self.requested["summary"]
        self.params = self._form(asked.digest)
        upsert_hitl_detail(
            ti_id=context["task_instance"].id,
            options=self.options,
            subject=self.subject,
            body=self.body,
            params=self.serialized_params,
        )
        self.log.info("Waiting for an answer until %s.", asked.until)
        for notifier in self.notifiers:
            notifier(context)

    def _wait(self, asked: Asked) -> NoReturn:
        """Park the task until an answer wakes it, or until the next look."""
        left = datetime.fromisoformat(asked.until) - datetime.now(UTC)
        waited = max(timedelta(days=float(self.days)) - left, timedelta(0))
        look = min(max(_FIRST_LOOK, waited), _LAST_LOOK)
        raise TaskAwaitingInput(
            method_name="execute_complete", timeout=min(look, max(left, timedelta(0)) + timedelta(seconds=1))
        )

    def _answer(self, context: Any, asked: Asked, event: dict[str, Any] | None) -> dict[str, Any] | None:
        """The answer to this task, as the server signed it; None when there is none, or it came too late.

        Args:
            context: of the task.
            asked: what was asked.
            event: what woke the task; it carries Airflow's record of the answer, when there is one.

        Raises:
            AirflowFailException: Airflow has an answer on record that the server did not sign.
        """
        if event and event.get("chosen_options"):
            signed = (event.get("params_input") or {}).get(SIGNED) or {"signature": None}
            try:
                answer = self._verified(context, asked, signed)
                compare(answer, event)
            except Blocked as error:
                self.log.error("%s", error)
                raise AirflowFailException(str(error)) from error
        else:
            signed = context["task_state_store"].get(ANSWER)
            if not signed:
                return None
            try:
                answer = self._verified(context, asked, signed)
            except Blocked as error:  # it stops nobody from answering
                self.log.error("Somebody wrote an answer into the state of this task. %s", error)
                return None
        if answer.moment > datetime.fromisoformat(asked.until):
            self.log.warning("An answer came at %s, after its time: it does not count.", answer.at)
            return None
        return dict(signed)

    def _verified(self, context: Any, asked: Asked, signed: Any) -> SignedAnswer:
        """The answer, if the server signed it for what this task asks now."""
        this = context["ti"]
        answer = verified_for(signed, (this.dag_id, this.run_id, this.task_id, this.map_index), data_folders())
        if answer.tries != this.max_tries:
            raise Blocked(
                "The answer was given before the task was cleared: it stood for that time. Nothing was published."
            )
        if answer.digest != asked.digest:
            raise Blocked(
                f"The answer is about another file: SHA-256 {answer.digest}, while {asked.digest} is asked about. "
                f"Nothing was "
                "published."
            )
        return answer


def _read(kept: Any) -> Asked:
    try:
        return Asked.of(kept)
    except Blocked as error:
        raise AirflowFailException(str(error)) from error


def _over(asked: Asked) -> bool:
    """Whether the time to answer is over, by the clock that Airflow stamps answers with."""
    return datetime.now(UTC) > datetime.fromisoformat(asked.until)
