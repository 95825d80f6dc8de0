"""What decisions say goes before the seeds: which stand, and what becomes of the rows."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from gci.core.paths import SEEDS
from gci.reference.decided import decided_seeds
from gci.reference.decisions import Decision, contradictions, standing
from gci.reference.seed_files import rows_of, seed_file
from gci.reference.seeds import member_states_by


def decision(name: str, kind: str, iso3: str = "", **said: str) -> Decision:
    grounds = {"reason": "why", "author": "Ana Lima", "approver": "Bo Chen", "decided_on": "2026-01-04"}
    return Decision(**{"edition": "2024", "id": name, "kind": kind, "iso3": iso3} | grounds | said)


def rows(seeds: Path, name: str, **at: str) -> list[dict[str, str]]:
    return [row for row in rows_of(seed_file(name, seeds)) if at.items() <= row.items()]


def test_without_decisions_the_seeds_are_those_of_the_code() -> None:
    assert decided_seeds([]) == SEEDS
    assert decided_seeds([decision("a", "prerelease_access", subject="A reader", day="2026-01-01")]) == SEEDS


def test_other_seeds_stay_as_they_are() -> None:
    seeds = decided_seeds([decision("a", "extension", "EST", day="2026-02-28")])
    differing = {
        path.relative_to(SEEDS).as_posix()
        for path in SEEDS.rglob("*")
        if path.is_file() and path.read_bytes() != (seeds / path.relative_to(SEEDS)).read_bytes()
    }
    assert differing == {"seed_round_events.csv"}


def test_a_known_error_takes_the_place_of_the_entry_on_the_same_figure() -> None:
    one = decision("mine", "known_error", "AFG", edition="2020", subject="data360/legal", was="0.4", value="7.9")
    (row,) = rows(decided_seeds([one]), "corrections", edition="2020", iso3="AFG", dimension="legal")
    assert (row["id"], row["published"], row["corrected"], row["approver"]) == ("mine", "0.4", "7.9", "Bo Chen")
    assert len(rows(SEEDS, "corrections")) == len(rows(decided_seeds([one]), "corrections"))


def test_a_low_alpha_is_noted_for_its_pillar_alone() -> None:
    one = decision("mine", "low_alpha", subject="legal")
    (row,) = rows(decided_seeds([one]), "reviewed_coherence")
    assert (row["edition"], row["node"], row["note"], row["reviewer"]) == ("2024", "legal", "why", "Bo Chen")


def test_an_error_of_print_is_a_difference_between_sources() -> None:
    one = decision("mine", "known_error", "EST", subject="print/overall", was="99.5", value="99.48")
    (row,) = rows(decided_seeds([one]), "published/source_differences", iso3="EST", source="print")
    assert (row["published"], row["by_method"], row["what_differs"]) == ("99.5", "99.48", "why")


def test_a_registered_error_is_taken_back_by_a_revocation() -> None:
    back = decision("back", "revocation", edition="2020", answers="2020-AFG-legal")
    assert not rows(decided_seeds([back]), "corrections", id="2020-AFG-legal")


def test_a_later_extension_answers_the_earlier_one_even_where_it_is_shorter() -> None:
    first = decision("a", "extension", "EST", day="2026-03-31")
    second = decision("b", "extension", "EST", day="2026-02-28", answers="a", decided_on="2026-01-05")
    for order in permutations([first, second]):
        assert [row["day"] for row in rows(decided_seeds(order), "round_events", iso3="EST")] == ["2026-02-28"]


def test_a_state_may_leave_and_join_again() -> None:
    left = decision("a", "membership", "EST", value="leaves", day="2026-01-04")
    back = decision("b", "membership", "EST", value="joins", day="2026-02-04")
    there = rows(decided_seeds([left, back]), "round_events", iso3="EST")
    assert [(row["event"], row["day"]) for row in there] == [("left", "2026-01-04"), ("joined", "2026-02-04")]


def test_a_date_and_a_status_of_an_edition() -> None:
    opened = decision("a", "override", edition="2026", subject="status", value="open")
    dated = decision("b", "calendar_date", edition="2026", subject="collection_to", day="2027-05-31")
    (row,) = rows(decided_seeds([opened, dated]), "editions", edition="2026")
    assert (row["status"], row["collection_to"], row["collection_from"]) == ("open", "2027-05-31", "2026-03-01")


def test_a_state_is_renamed_in_one_language_and_in_every_edition() -> None:
    renamed = decision("a", "override", "TUR", edition="2024", subject="name_fr", value="Turquie")
    decided = decided_seeds([renamed])
    (row,) = rows(decided, "states/member_states", iso3="TUR")
    assert (row["name_fr"], row["name_en"]) == ("Turquie", "Türkiye")
    assert member_states_by(decided)["TUR"].names["fr"] == "Turquie"


def test_a_class_of_income_holds_from_its_day_until_the_next_one_begins() -> None:
    one = decision("a", "group_class", "EST", subject="income", was="high", value="upper_middle", day="2025-12-01")
    there = rows(decided_seeds([one]), "states/member_state_groups", iso3="EST", grouping="income")
    periods = sorted((row["valid_from"], row["valid_to"], row["member_group"]) for row in there)
    assert periods == [
        ("2020-07-01", "2025-06-30", "high"),
        ("2025-07-01", "2025-11-30", "high"),
        ("2025-12-01", "2026-06-30", "upper_middle"),
        ("2026-07-01", "2027-06-30", "high"),
    ]


def test_a_state_that_graduates_is_registered_with_the_reason() -> None:
    one = decision("a", "group_class", "AGO", subject="development", was="ldc", day="2026-02-12")
    seeds = decided_seeds([one])
    (group,) = rows(seeds, "states/member_state_groups", iso3="AGO", member_group="ldc")
    (exception,) = rows(seeds, "states/group_exceptions", iso3="AGO")
    assert group["valid_to"] == "2026-02-11"
    assert (exception["member_group"], exception["reason"], exception["valid_from"]) == (
        "ldc",
        "graduated",
        "2026-02-12",
    )


def test_what_was_answered_does_not_come_back() -> None:
    chain = [
        decision("a", "extension", "EST", day="2026-01-31"),
        decision("b", "extension", "EST", day="2026-02-28", answers="a"),
        decision("c", "revocation", answers="b"),
    ]
    assert [one.id for one in standing(chain)] == ["c"]
    assert not rows(decided_seeds(chain), "round_events", iso3="EST")


def test_the_same_row_in_a_longer_file_counts_once_and_the_first_holds() -> None:
    first = decision("a", "extension", "EST", day="2026-01-31", received_at="2026-01-05", digest="one")
    again = decision("a", "extension", "EST", day="2026-01-31", received_at="2026-01-06", digest="two")
    assert [one.digest for one in standing([again, first])] == ["one"]


@pytest.mark.parametrize(
    ("other", "contradicts"),
    [
        (decision("b", "extension", "EST", day="2026-02-28"), True),
        (decision("b", "extension", "EST", day="2026-01-31"), False),
        (decision("b", "extension", "FIN", day="2026-02-28"), False),
        (decision("b", "extension", "EST", day="2026-02-28", edition="2026"), False),
        (decision("b", "extension", "EST", day="2026-02-28", answers="a"), False),
        (decision("b", "withdrawal", "EST", day="2026-02-28"), False),
    ],
)
def test_two_that_stand_about_the_same_thing_contradict_each_other(other: Decision, contradicts: bool) -> None:
    one = decision("a", "extension", "EST", day="2026-01-31")
    assert bool(contradictions([one, other])) == contradicts
