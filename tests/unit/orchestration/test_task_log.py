"""The last line of a red task's log: the verdict alone, or what to do about a fault."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
import structlog
from airflow.sdk.exceptions import AirflowFailException

from gci.core.errors import Blocked
from gci.orchestration.task_log import FAILED, _rewritten, end_with_what_matters
from gci.orchestration.tasks.error_mapping import mapped_errors


def said(error: Exception) -> dict[str, object]:
    """What becomes of the line that Airflow's task runner logs about an exception."""
    try:
        raise error
    except Exception:
        return dict(_rewritten(None, "error", {"event": FAILED, "exc_info": True}))


def test_a_verdict_is_its_message_and_nothing_else() -> None:
    try:
        with mapped_errors():
            raise Blocked("Gate built stopped 2024.\nWhat to do: mend the seed.")
    except AirflowFailException as error:
        assert said(error) == {"event": "Gate built stopped 2024.\nWhat to do: mend the seed."}


def test_a_fault_ends_with_what_to_do_below_its_traceback() -> None:
    (text,) = said(ZeroDivisionError("by nothing")).values()
    assert "Traceback" in str(text)
    last = str(text).splitlines()[-1]
    assert "What to do" in last
    assert "Traceback" not in last
    assert "ZeroDivisionError: by nothing" in str(text).splitlines()[-2]


def test_other_lines_are_left_as_they_are() -> None:
    line = {"event": "Task started", "exc_info": True}
    assert _rewritten(None, "info", dict(line)) == line


def test_twice_is_the_same_as_once() -> None:
    before = structlog.get_config()["processors"]
    kept = list(before)
    try:
        end_with_what_matters()
        end_with_what_matters()
        assert before.count(_rewritten) == 1
    finally:
        before[:] = kept


@pytest.mark.parametrize("method", ["debug", "info"])
def test_what_talks_of_each_event_is_left_out_whatever_logger_it_has(method: str) -> None:
    for name in (
        "airflow.providers.openlineage.plugins.adapter.OpenLineageAdapter",
        "openlineage",
        "great_expectations",
    ):
        with pytest.raises(structlog.DropEvent):
            _rewritten(None, method, {"event": "Successfully emitted", "logger_name": name})
        with pytest.raises(structlog.DropEvent):
            _rewritten(SimpleNamespace(name=name), method, {"event": "Successfully emitted"})
    kept = {"event": "emitted", "logger_name": "openlineages"}
    assert _rewritten(None, method, dict(kept)) == kept


def test_what_went_wrong_there_is_told() -> None:
    line = {"event": "Failed to emit", "logger_name": "openlineage.client"}
    assert _rewritten(None, "warning", dict(line)) == line
