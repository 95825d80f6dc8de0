"""Answers, returns and values that came from elsewhere."""

from __future__ import annotations

from mutants.corruptions.corruption import Corruption

ORIGINS = (
    Corruption(
        "an answer that nobody gave",
        "update answers set source = 'none', reason = 'none' where iso3 = 'EST' and item = 'ts1' and edition = '2024'",
        ("answers_say_why_they_count",),
    ),
    Corruption(
        "an answer from another state's return",
        """
        update answers set return_digest = (select any_value(a.return_digest) from answers as a
            where a.iso3 = 'FRA' and a.edition = '2024')
        where iso3 = 'EST' and item = 'ts1' and edition = '2024'
        """,
        ("a_return_is_of_one_state", "answers_are_what_was_sent"),
    ),
    Corruption(
        "a version of the form that the return does not name",
        "update answers set form_version = '2024-1' where iso3 = 'FRA' and edition = '2024'",
        ("answers_are_what_was_sent", "answers.stays_as_published"),
    ),
    Corruption(
        "a figure of a published table passed off as a state's own",
        "update answers set origin = 'state' where edition = '2024' and origin = 'unknown'",
        ("answers_say_who_gave_them",),
    ),
    Corruption(
        "a figure of a published table passed off as a return",
        "update answers set source = 'returned', reason = 'returned'"
        " where edition = '2024' and iso3 = 'EST' and item = 'ls2'",
        ("answers_say_who_gave_them",),
    ),
    Corruption(
        "a figure taken over from nowhere",
        "update answers set taken_from = null where edition = '2020' and iso3 = 'EST'",
        ("answers_say_who_gave_them",),
    ),
    Corruption(
        "a derived figure passed off as answered",
        "update answers set origin = 'unknown' where origin = 'derived'",
        ("answers_say_who_gave_them",),
    ),
    Corruption(
        "evidence replaced",
        "update answers set evidence_url = 'https://example.com/' where iso3 = 'FRA' and edition = '2024'",
        ("answers_are_what_was_sent", "answers.stays_as_published"),
    ),
    Corruption(
        "a partner's value changed",
        "update partner_values set value = value + 1 where iso3 = 'EST'",
        ("partner_values_are_what_was_sent", "partner_values_change_with_a_new_file"),
    ),
    Corruption(
        "a partner's value gone",
        "delete from partner_values where iso3 = 'USA'",
        ("partner_values_do_not_vanish",),
        by_comparison=True,
    ),
    Corruption(
        "a return said to be late",
        "update returns_received set standing = 'late' where iso3 = 'EST' and edition = '2024'",
        ("returns_count_by_the_calendar", "answers_come_from_returns_that_count"),
    ),
    Corruption(
        "a return said to add to another",
        "update returns_received set addition = true where iso3 = 'EST' and edition = '2024'",
        ("returns_are_what_was_received",),
    ),
    Corruption(
        "a return said to be synthetic",
        "update returns_received set synthetic = true where iso3 = 'EST' and edition = '2024'",
        ("synthetic_returns_stay_apart", "releases_say_whether_they_are_synthetic", "returns_are_what_was_received"),
    ),
    Corruption(
        "a return under another name",
        "update returns_received set file = 'other.csv' where iso3 = 'EST' and edition = '2024'",
        ("returns_are_what_was_received",),
    ),
    Corruption(
        "a doubtful link taken off the worklist",
        "delete from evidence_worklist where iso3 = 'FRA' and flag = 'no_scheme'",
        ("evidence_worklist_follows_from_answers",),
    ),
    Corruption(
        "a change between real returns passed off as invented",
        "update score_changes set synthetic = true where iso3 = 'EST' and dimension = 'legal'",
        ("synthetic_changes_say_so", "score_changes.stays_between_editions"),
        names="legal",
    ),
    Corruption(
        "points that no expert allotted",
        "insert into weight_allotments values ('2024', 'expert-1', 'ls1', 'indicator', 'legal', 5, 0.05)",
        ("weight_allotments.stays_without_a_new_vintage",),
    ),
    Corruption(
        "a spread of weights of which no expert said anything",
        "insert into weight_spread values ('2024', 'ls1', 'indicator', 'legal', 9, 5, 0.5, 4, 6)",
        ("weight_spread.stays_without_a_new_vintage",),
    ),
)
