"""Asks for a sign-off and does nothing else: the operator of the warehouse under Airflow's own scheduler."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from airflow.sdk import Param, dag, task

from gci.sign_off.operator import SignOffOperator


@dag(
    schedule=None,
    params={"digest": Param("0" * 64, type="string"), "days_to_answer": Param(1, type="number")},
    default_args={"retries": 0},
)
def ask_only() -> None:
    """One question, one answer."""

    @task
    def request(params: dict[str, Any]) -> dict[str, Any]:
        return {
            "subject": "Publish?",
            "summary": "| what | is asked |\n| --- | --- |\n| a | b |",
            "digest": params["digest"],
            "reviewers": ["Second  Publisher"],
        }

    @task
    def taken(answer: dict[str, Any]) -> dict[str, Any]:
        return answer

    taken(
        SignOffOperator(
            task_id="sign_off",
            requested=request(),
            days="{{ params.days_to_answer }}",
            retries=3,
            retry_delay=timedelta(seconds=5),
        ).output
    )


ask_only()
