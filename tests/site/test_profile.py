"""`gci profile`: one state on one screen."""

from __future__ import annotations

import pytest

from gci.core.errors import WrongUsage
from gci.core.paths import DataFolders
from gci.site.profile import of_state


def test_a_state_is_looked_up_in_the_newest_edition(published_data: DataFolders) -> None:
    content, code = of_state("est", None, published_data)
    assert (content.name, code) == ("2024", "EST")
    assert content.states[code]["tier"] == 1


def test_an_edition_can_be_named(published_data: DataFolders) -> None:
    content, code = of_state("USA", "2020@v1", published_data)
    assert (content.name, content.states[code]["rank"]) == ("2020", 1)


@pytest.mark.parametrize("asked", ["ESTO", "EE", "Estonia"])
def test_a_state_that_is_none_gets_near_ones(published_data: DataFolders, asked: str) -> None:
    with pytest.raises(WrongUsage, match=r"EST \(Estonia\)"):
        of_state(asked, "2024", published_data)
