"""What was spoilt in the landing zone, or in a candidate before it is published, is stopped."""

from __future__ import annotations

from pathlib import Path

import pytest

from gci.storage.landed_rows import digest_of_rows
from mutants.candidate import OF_A_CANDIDATE
from mutants.case import Spoiling, copied, failing
from mutants.groups import GROUPS
from mutants.landing import LANDED
from mutants.sealed import SEALED

THIN = {
    "every answer of a state made yes",
    "rows, receipt and seal forged together",
    "a return gone",
    "two states in one return",
    "a known error that is not registered",
}


def _cases(table: tuple[Spoiling, ...]) -> list[object]:
    return [pytest.param(one, id=one.name, marks=() if one.name in THIN else pytest.mark.slow) for one in table]


@pytest.mark.parametrize("spoiling", _cases((*SEALED, *LANDED)))
def test_what_landed_spoilt_is_stopped(spoiling: Spoiling, tmp_path: Path) -> None:
    case = copied(tmp_path)
    spoiling.spoil(case)
    assert set(spoiling.stopped_by) <= failing(case, "landed")


@pytest.mark.parametrize("spoiling", _cases((*OF_A_CANDIDATE, *GROUPS)))
def test_a_spoilt_candidate_is_stopped(spoiling: Spoiling, tmp_path: Path) -> None:
    case = copied(tmp_path)
    spoiling.spoil(case)
    assert set(spoiling.stopped_by) <= failing(case, "built", "release")


@pytest.mark.slow
def test_a_candidate_that_is_not_spoilt_passes(tmp_path: Path) -> None:
    assert not failing(copied(tmp_path), "landed", "built", "release")


ONLY_BY = {
    "every answer of a state made yes": "landed_files_are_as_they_were_sealed",
    "an older backup brought back": "the_chain_of_landing_holds",
    "a return that was never sealed": "every_input_is_sealed",
    "rows, receipt and seal forged together": "rows_are_what_their_bytes_give",
    "rows that lie elsewhere": "landed_files_can_be_read",
}

# What a register lacks or has too much, with a file that was built with it: nothing else looks at the register.
ONLY_BY_GROUPS = {
    "an exception gone from register and file",
    "an exception for a state that has the group, in register and file",
}


@pytest.mark.slow
@pytest.mark.parametrize("spoiling", [one for one in GROUPS if one.name in ONLY_BY_GROUPS], ids=lambda one: one.name)
def test_a_register_of_groups_that_is_not_whole_is_stopped_by_its_check_alone(
    spoiling: Spoiling, tmp_path: Path
) -> None:
    case = copied(tmp_path)
    spoiling.spoil(case)
    # DuckDB leaves a gap where rows were taken out, which whoever tampers can close.
    assert failing(case, "built", "release") - {"rows_stand_in_key_order"} == {"members_have_their_groups"}


@pytest.mark.slow
@pytest.mark.parametrize("name", ONLY_BY)
def test_some_of_it_nothing_else_stops(name: str, tmp_path: Path) -> None:
    (spoiling,) = (one for one in SEALED if one.name == name)
    case = copied(tmp_path)
    spoiling.spoil(case)
    stopped_by = failing(case, "landed")
    assert ONLY_BY[name] in stopped_by
    assert len(stopped_by - {"every_input_has_landed", "survey.key"}) == 1


def test_rows_written_anew_are_the_same_rows(tmp_path: Path) -> None:
    """So what stops the others is what they say, and not that another program wrote the file."""
    case = copied(tmp_path)
    for kind, where in (("survey", "true"), ("reviews", "true"), ("decisions", "true"), ("partners", "true")):
        digest = case.digest(kind, where)
        path = case.inputs.landing / kind / f"{digest}.parquet"
        before = digest_of_rows(path), path.read_bytes()
        case.rows(kind, digest, "from landed")
        assert (digest_of_rows(path), path.read_bytes() == before[1]) == (before[0], False)
