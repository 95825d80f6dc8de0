"""What was spoilt in the landing zone, or in a candidate before it is published, is stopped."""

from __future__ import annotations

from pathlib import Path

import pytest

from mutants.landing import LANDED, OF_A_CANDIDATE, Spoiling, copied, failing

THIN = {"a return gone", "two states in one return", "a known error that is not registered"}


def _cases(table: tuple[Spoiling, ...]) -> list[object]:
    return [pytest.param(one, id=one.name, marks=() if one.name in THIN else pytest.mark.slow) for one in table]


@pytest.mark.parametrize("spoiling", _cases(LANDED))
def test_what_landed_spoilt_is_stopped(spoiling: Spoiling, tmp_path: Path) -> None:
    case = copied(tmp_path)
    spoiling.spoil(case)
    assert set(spoiling.stopped_by) <= failing(case, "landed")


@pytest.mark.parametrize("spoiling", _cases(OF_A_CANDIDATE))
def test_a_spoilt_candidate_is_stopped(spoiling: Spoiling, tmp_path: Path) -> None:
    case = copied(tmp_path)
    spoiling.spoil(case)
    assert set(spoiling.stopped_by) <= failing(case, "built", "release")


@pytest.mark.slow
def test_a_candidate_that_is_not_spoilt_passes(tmp_path: Path) -> None:
    assert not failing(copied(tmp_path), "landed", "built", "release")
