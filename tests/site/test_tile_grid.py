"""The map of squares: every state once, and where it is seen from its neighbours."""

from __future__ import annotations

import pytest

from gci.reference.seed_files import rows_of, seed_file
from gci.site.tile_grid import band, squares


def test_every_state_has_one_square_and_no_two_share_one() -> None:
    states = {row["iso3"] for row in rows_of(seed_file("states/member_states"))}
    assert squares().keys() == states
    assert len(set(squares().values())) == len(states)


@pytest.mark.parametrize(
    ("west", "east"),
    [("CAN", "ISL"), ("USA", "PRT"), ("IRL", "DEU"), ("NOR", "FIN"), ("MAR", "EGY"), ("PER", "BRA"), ("IND", "VNM"),
     ("CHN", "JPN"), ("NAM", "MOZ"), ("AUS", "NZL")],
)  # fmt: skip
def test_what_lies_to_the_west_is_drawn_to_the_left(west: str, east: str) -> None:
    assert squares()[west].column < squares()[east].column


@pytest.mark.parametrize(
    ("north", "south"),
    [("CAN", "USA"), ("USA", "MEX"), ("MEX", "PAN"), ("COL", "CHL"), ("DEU", "ITA"), ("ITA", "LBY"), ("LBY", "ZAF"),
     ("RUS", "CHN"), ("CHN", "IDN"), ("IDN", "AUS")],
)  # fmt: skip
def test_what_lies_to_the_north_is_drawn_above(north: str, south: str) -> None:
    assert squares()[north].row < squares()[south].row


@pytest.mark.parametrize(
    ("score", "drawn"), [(100, 1), (80, 1), (79.99, 2), (60, 2), (40, 3), (20, 4), (19.9, 5), (0, 5), (None, None)]
)
def test_bands_are_fifths_of_the_scale(score: float | None, drawn: int | None) -> None:
    assert band(score) == drawn
