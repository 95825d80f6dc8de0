"""How long a sign-off is open: what is no number of days is refused when the DAG is triggered, and starts no run."""

from __future__ import annotations

import math

import pytest
from airflow.sdk import Param
from airflow.sdk.exceptions import ParamValidationError

from gci.sign_off.operator import DAYS


@pytest.mark.parametrize("days", [8 / 86400, 0.5, 1, 14, 366])
def test_days_are_taken(days: float) -> None:
    assert Param(14, **DAYS).resolve(days) == days


@pytest.mark.parametrize("days", [math.nan, math.inf, -math.inf, -1, 0, -0.0, 366.5, "14", "nan", None, True, [1], {}])
def test_what_is_no_number_of_days_is_refused(days: object) -> None:
    with pytest.raises(ParamValidationError):
        Param(14, **DAYS).resolve(days)
