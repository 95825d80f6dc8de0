"""Tables that people open first, and what they say beside the figures that others hold."""

from __future__ import annotations

from mutants.corruptions.corruption import Corruption

OVERVIEW = (
    Corruption(
        "a state in another tier where people look first",
        "update index_overview set tier_label = 'Advancing' where iso3 = 'EST' and edition = '2024'",
        ("index_overview.follow_from_the_recomputed_scores",),
    ),
    Corruption(
        "an invented edition that does not say so",
        "update index_overview set synthetic = not synthetic where edition = '2020'",
        ("index_overview.follow_from_the_recomputed_scores",),
    ),
    Corruption(
        "the answers of one state called invented",
        "update answers set synthetic = true where iso3 = 'EST' and edition = '2024'",
        ("synthetic_rows_say_so",),
    ),
    Corruption(
        "how sure one state's tier is called invented",
        "update tier_probabilities set synthetic = true where iso3 = 'EST' and edition = '2024'",
        ("synthetic_rows_say_so",),
    ),
    Corruption(
        "the score of another state in one language",
        """
        update index_overview_in_languages set score = 1 where iso3 = 'EST' and edition = '2024' and language = 'ar'
        """,
        ("index_overview_in_languages.follow_from_the_recomputed_scores",),
    ),
    Corruption(
        "a recomputed tier passed off as published",
        "update tier_positions set recomputed = false where edition = '2020' and iso3 = 'EST'",
        ("tier_positions.follow_from_the_recomputed_scores",),
    ),
    Corruption(
        "a threshold moved",
        "update tiers set minimum = 54 where edition = '2024' and tier = 3",
        ("tiers.has_its_thresholds",),
    ),
    Corruption(
        "a state under another's name in one language",
        "update labels set label = 'Lettonie' where kind = 'member_state' and code = 'EST' and language = 'fr'",
        ("labels.has_every_name",),
    ),
    Corruption(
        "respondents counted who did not answer",
        "update group_scores set respondents = respondents + 1 where edition = '2020' and member_group = 'EUR'",
        ("group_scores_follow_from_answers",),
    ),
)
