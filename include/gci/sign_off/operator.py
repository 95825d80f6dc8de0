"""The task that asks a person, and loses no answer."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any, NoReturn
from urllib.parse import quote

from airflow.providers.standard.operators.hitl import HITLOperator
from airflow.sdk import Param
from airflow.sdk.definitions.param import ParamsDict
from airflow.sdk.exceptions import AirflowFailException, TaskAwaitingInput
from airflow.sdk.execution_time.context import NEVER_EXPIRE
from airflow.sdk.execution_time.hitl import get_hitl_detail_content_detail, upsert_hitl_detail

from gci.sign_off.asked import APPROVED, REJECTED, Asked

ASKED = "asked"
"""Under which key Airflow's task state keeps the request (`Asked`)."""

_FIRST_LOOK, _LAST_LOOK = timedelta(seconds=30), timedelta(hours=1)


def answerer_key(user_id: str) -> str:
    """Under which key Airflow's task state keeps who answered, as the server knew them (`Answerer`)."""
    return f"answerer.{quote(user_id, safe='')}"


class SignOffOperator(HITLOperator):
    """Asks for a sign-off, waits as long as it may take, and returns the answer whatever it is.

    There are no defaults: silence never approves. When the time is over the task fails, and is not tried again.

    Airflow 3.3 has two ways to lose an answer. One that is recorded while the task is being parked may not wake it, and
    one that wakes it before the executor has reported the parked try makes the scheduler fail that try. So the task
    wakes by itself now and then to see whether there is an answer (after 30 seconds, then after twice as long as it
    has waited, at most an hour), and a try looks first for an answer that is recorded already.

    A run asks one question once: cleared, the task gives the answer that was given. A new run asks anew.

    Args:
        requested: what the task `request` returned: subject, summary, digest, reviewers.
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
                "note": Param(None, type=["null", "string"], description="Why, for the record."),
            }
        )

    def execute(self, context: Any) -> Any:
        """Ask, unless the answer is there already, and wait.

        Raises:
            AirflowFailException: this run has asked about another file before: Airflow keeps showing the old request.
        """
        state = context["task_state_store"]
        before = state.get(ASKED)
        kept = Asked.of(before) if before else None
        if kept and kept.digest != self.requested["digest"]:
            raise AirflowFailException(
                "This run has asked about another file before, and Airflow would go on showing that request. Trigger "
                "publish_edition anew with the edition. Nothing was published."
            )
        answer = self._recorded(context, kept) if kept else None
        if answer:
            self.log.info("The answer had been recorded before this try.")
            return answer
        if not kept or _over(kept):
            until = datetime.now(UTC) + timedelta(days=float(self.days))
            kept = Asked(
                digest=self.requested["digest"],
                reviewers=tuple(self.requested["reviewers"]),
                until=until.isoformat(timespec="seconds"),
            )
            state.set(ASKED, kept.as_dict(), retention=NEVER_EXPIRE)
        self._ask(context, kept)
        return self._wait(kept)

    def execute_complete(self, context: Any, event: dict[str, Any]) -> Any:
        """Go on after the wait: with the answer, or to wait on.

        Raises:
            AirflowFailException: nobody answered in time, or the answer cannot be read.
        """
        kept = Asked.of(context["task_state_store"].get(ASKED))
        answer = self._recorded(context, kept)
        if answer:
            return answer
        if event.get("error_type") not in (None, "timeout"):
            raise AirflowFailException(f"The answer cannot be taken: {event.get('error')}. Nothing was published.")
        if not _over(kept):
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

    def _recorded(self, context: Any, asked: Asked) -> dict[str, Any] | None:
        """The answer that Airflow has recorded for this task; None when there is none, or it came too late."""
        try:
            found = get_hitl_detail_content_detail(ti_id=context["task_instance"].id)
        except Exception as error:
            if _status(error) == HTTPStatus.NOT_FOUND:  # killed between keeping what is asked and asking it
                return None
            raise
        if not found.response_received or found.responded_at is None:
            return None
        if found.responded_at > datetime.fromisoformat(asked.until):
            self.log.warning("An answer came at %s, after its time: it does not count.", found.responded_at)
            return None
        by = found.responded_by_user
        return {
            "chosen_options": list(found.chosen_options or []),
            "params_input": dict(found.params_input or {}),
            "responded_at": found.responded_at.isoformat(),
            "responded_by_user": {"id": by.id, "name": by.name} if by else None,
            "answerer": context["task_state_store"].get(answerer_key(by.id)) if by else None,
            "asked": asked.as_dict(),
        }


def _over(asked: Asked) -> bool:
    """Whether the time to answer is over, by the clock that Airflow stamps answers with."""
    return datetime.now(UTC) > datetime.fromisoformat(asked.until)


def _status(error: Exception) -> int | None:
    """The HTTP status behind an error of Airflow's API: a worker gets it told, a task in this process as it is."""
    told = getattr(getattr(error, "error", None), "detail", None) or {}
    response = getattr(error, "response", None)
    status = told.get("status_code") if isinstance(told, dict) else None
    return status or (response.status_code if response is not None else None)
