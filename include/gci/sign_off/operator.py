"""The task that asks a person."""

from __future__ import annotations

from typing import Any

from airflow.providers.standard.operators.hitl import ApprovalOperator

ANSWER = "answer"


class SignOffOperator(ApprovalOperator):
    """An approval whose answer later tasks can read whatever it was.

    Airflow's own keeps the answer for them only when it is an approval; who rejected and why would be lost to them.
    There are no defaults and no deadline: silence never approves.
    """

    def execute_complete(self, context: Any, event: dict[str, Any]) -> Any:
        """Take the recorded answer, keep it under the key `answer`, and go on as Airflow's own does."""
        named = ("chosen_options", "params_input", "responded_at", "responded_by_user")
        context["ti"].xcom_push(key=ANSWER, value={name: event.get(name) for name in named})
        return super().execute_complete(context, event)
