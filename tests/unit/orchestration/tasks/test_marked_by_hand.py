"""A request that was marked as done by hand has no answer: one task says so in red, not two."""

from __future__ import annotations

import inspect

import pytest
from airflow.sdk.exceptions import AirflowSkipException

from gci.orchestration.tasks import publish


def test_without_an_answer_nothing_is_rejected_and_approved_alone_is_red() -> None:
    rejected = inspect.unwrap(publish.rejected)
    with pytest.raises(AirflowSkipException, match="no answer"):
        rejected({"folder": "2024-v1-gone"}, None)
