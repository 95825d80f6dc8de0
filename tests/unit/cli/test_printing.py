"""One figure is rounded one way."""

from __future__ import annotations

import pytest

from gci.cli.printing import number


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (1.005, 2, "1.01"),
        (2.675, 2, "2.68"),
        (0.4508, 4, "0.4508"),
        (99.995, 2, "100.00"),
        (5.2, 2, "5.20"),
        (None, 2, "–"),
        (4, 0, "4"),
        (0.00004, 4, "0.0000"),
    ],
)
def test_a_number_is_rounded_half_up_as_it_is_written(value: float | None, decimals: int, shown: str) -> None:
    assert number(value, decimals) == shown
