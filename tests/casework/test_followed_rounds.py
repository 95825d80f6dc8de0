"""Editions without a collection period have no round to follow: their returns wake no build of the round's file."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest
from airflow.sdk.exceptions import AirflowSkipException

from gci.casework.reading import rows_of
from gci.core.paths import DataFolders
from gci.orchestration.tasks import survey
from round_of_2026 import day

survey_status = inspect.unwrap(survey.survey_status)  # as the task runs it, without a run around it


def test_returns_of_an_edition_in_print_make_no_round_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GCI_DATA", str(tmp_path))
    came_in = [{"accepted": {"2020": 50}, "refused": []}, {"accepted": {}, "refused": [{"edition": "2024"}]}]
    with pytest.raises(AirflowSkipException):
        survey_status(came_in)
    assert list(tmp_path.iterdir()) == []


def test_a_refused_file_of_no_known_edition_is_shown_and_a_new_day_makes_the_file_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GCI_DATA", str(tmp_path))
    with day(4, 10):
        assert survey_status([{"accepted": {"2024": 1}, "refused": [{"edition": None}]}]) == {}
        with pytest.raises(AirflowSkipException, match="up to what has landed"):
            survey_status(None)
    with day(4, 11):  # nothing came in, and what is overdue or late is another today
        survey_status([])
        assert rows_of("survey_refresh", None, "as_of", DataFolders(tmp_path))[0]["as_of"] == "2026-04-11"
