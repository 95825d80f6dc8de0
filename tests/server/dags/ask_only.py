"""Asks for a sign-off and does nothing else, under the name of the DAG that publishes: the guard knows no other."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from airflow.sdk import Param, dag, task

from gci.sign_off.operator import SignOffOperator


@dag(
    schedule=None,
    params={"days_to_answer": Param(1, type="number")},
    default_args={"retries": 0},
)
def publish_edition() -> None:
    """One question, one answer."""

    @task
    def request() -> dict[str, Any]:
        from gci.core.checksums import sha256
        from gci.core.paths import data_folders

        (file,) = data_folders().candidates.glob("*/candidate.duckdb")
        return {
            "subject": "Publish?",
            "summary": "| what | is asked |\n| --- | --- |\n| a | b |",
            "digest": sha256(file),
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


publish_edition()
