"""Decisions and revisions, bent."""

from __future__ import annotations

from mutants.corruptions.corruption import Corruption

DECIDED = (
    Corruption(
        "a decision that nobody took",
        "insert into decisions by name select 'invented' as id, * exclude (id) from decisions where id = 'access'",
        ("decisions_are_what_was_sent", "decisions.stays_as_published"),
    ),
    Corruption(
        "a decision for another state",
        "update decisions set iso3 = 'EST' where id = 'second'",
        ("decisions_are_what_was_sent", "decisions.stays_as_published"),
    ),
    Corruption(
        "a decision that is answered said to stand",
        "update decisions set answered_by = null where id = 'first'",
        ("decisions_are_what_was_sent", "decisions_do_not_contradict"),
    ),
    Corruption(
        "a revision that leads elsewhere",
        "update revisions set new = new + 1 where iso3 = 'MLT' and dimension = 'legal'",
        ("revisions_lead_to_the_scores",),
    ),
    Corruption(
        "a revision that nothing is behind",
        "insert into revisions values ('2024', 2, 'FRA', 'legal', 19, 20, 'error', 'why', null, repeat('a', 64))",
        ("every_revision_has_its_cause", "revisions_reproduce_the_difference"),
    ),
)
