"""Vintages and releases that were not so."""

from __future__ import annotations

from mutants.corruptions.corruption import Corruption

RELEASES = (
    Corruption(
        "an edition's vintage taken away",
        "update editions set vintage = null where edition = '2024'",
        ("editions_have_what_they_say", "vintages_increase", "releases_cover_the_vintages"),
    ),
    Corruption(
        "a vintage that was never released",
        "update editions set vintage = 3 where edition = '2024'",
        ("releases_cover_the_vintages",),
    ),
    Corruption(
        "a next vintage in which nothing is different",
        "update editions set vintage = 2 where edition = '2024'",
        ("a_new_vintage_is_another_one",),
        by_comparison=True,
    ),
    Corruption(
        "an answer changed under a new vintage, without a return",
        """
        update editions set vintage = 2 where edition = '2024';
        update answers set answer = 0.25, points = points * 0.25 / answer
            where iso3 = 'EST' and item = 'ts1' and edition = '2024'
        """,
        ("answers_change_with_a_return_or_review",),
    ),
    Corruption(
        "a release taken off the record",
        "delete from releases where edition = '2020'",
        ("releases_passed_every_gate", "releases.stays_on_record"),
    ),
    Corruption(
        "another name under a release",
        "update releases set signed_by = 'someone else' where edition = '2020'",
        ("releases.stays_on_record",),
        by_comparison=True,
    ),
    Corruption(
        "fewer checks than were made",
        "delete from gate_results where edition = '2020' and gate = 'release'",
        ("releases_passed_every_gate", "gate_results.stays_on_record"),
    ),
    Corruption(
        "a check that failed",
        "update gate_results set passed = false where edition = '2020' and check_name = 'weights_sum_up'",
        ("releases_passed_every_gate", "gate_results.passed.one_of"),
    ),
    Corruption(
        "known errors of a release counted wrong",
        "update releases set known_errors = 0 where edition = '2020'",
        ("releases_count_their_known_errors",),
    ),
    Corruption(
        "fewer returns than the answers name",
        "update releases set returns = 10 where edition = '2020'",
        ("releases_count_their_returns",),
    ),
)
