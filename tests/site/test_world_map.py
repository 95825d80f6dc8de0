"""The geographic map: every state has its place, and no shape runs over the whole sheet."""

from __future__ import annotations

import re

from gci.reference.seeds import member_states
from gci.site.world_map import other_land, places

ACROSS = 200
"""Units of 960: no two neighbouring points of an outline lie so far apart, unless it goes over the 180th meridian."""


def test_every_state_has_its_place() -> None:
    assert places().keys() >= member_states().keys()


def test_no_outline_crosses_the_sheet() -> None:
    for iso3, shape in {**{iso3: place.shape for iso3, place in places().items()}, "rest": other_land()}.items():
        for outline in filter(None, shape.split("M")):
            steps = re.findall(r"-?\d+ -?\d+", outline.partition("l")[2])
            assert max(abs(int(step.split()[0])) for step in steps) < ACROSS, iso3
