"""Keys, rows and counts that do not agree."""

from __future__ import annotations

from mutants.corruptions.corruption import Corruption

ROWS = (
    Corruption(
        "a row removed",
        "delete from indicator_scores where iso3 = 'EST' and indicator = 'ls1' and edition = '2024'",
        ("rows_are_complete", "indicator_scores_follow_from_answers", "indicator_scores.stays_as_published"),
    ),
    Corruption(
        "an answer's row removed",
        "delete from answers where iso3 = 'EST' and item = 'ls1' and edition = '2024'",
        ("rows_are_complete", "answers_cover_every_item"),
    ),
    Corruption(
        "an edition with a blank behind it",
        "update overall_scores set edition = '2024 ' where edition = '2024' and iso3 = 'EST'",
        ("overall_scores.edition.like", "rows_are_complete", "overall_scores_follow_from_answers"),
    ),
    Corruption(
        "a code in lower case",
        "update pillar_scores set iso3 = 'est' where iso3 = 'EST'",
        ("pillar_scores.iso3.like", "pillar_scores_follow_from_answers"),
    ),
    Corruption(
        "a membership removed",
        "delete from member_state_groups where iso3 = 'TUV' and grouping = 'development'",
        ("member_state_groups.equals_its_seed",),
    ),
    Corruption(
        "a state put into another group",
        "update group_members set member_group = 'lldc' where iso3 = 'TUV' and member_group = 'sids'",
        ("group_members.follows_from_the_dates", "group_members.stays_with_its_members"),
    ),
    Corruption(
        "an exception gone",
        "delete from group_exceptions where iso3 = 'VEN'",
        ("group_exceptions.equals_its_seed", "group_exceptions.stays_without_a_new_vintage"),
    ),
    Corruption(
        "a state added",
        "insert into member_states select * replace ('XKX' as iso3) from member_states where iso3 = 'EST'",
        ("member_states.equals_its_seed",),
    ),
    Corruption(
        "an activity's wording changed",
        "update gca_activities set asks_en = asks_en || '.' where activity = '1.a'",
        ("gca_activities.follows_from_the_editions",),
    ),
    Corruption(
        "an answer under another pillar",
        "update answers set pillar = 'technical' where iso3 = 'EST' and item = 'ls1'",
        ("answers_stand_in_their_place",),
    ),
)
