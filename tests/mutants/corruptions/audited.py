"""What a file says of how sure it is, changed."""

from __future__ import annotations

from mutants.corruptions.corruption import Corruption

AUDITED = (
    Corruption(
        "a tier without its probability",
        """
        update score_uncertainty set tier_probabilities = null, tier_probability = null, tier_sure = null
            where iso3 = 'EST' and edition = '2024';
        delete from tier_probabilities where iso3 = 'EST' and edition = '2024'
        """,
        ("no_tier_without_its_probability",),
    ),
    Corruption(
        "a tier less sure than it is, wherever that is told",
        """
        update score_uncertainty set tier_probabilities = [0.5, 0.5, 0, 0, 0], tier_probability = 0.5, tier_sure = false
            where iso3 = 'EST' and edition = '2024';
        update tier_probabilities set probability = if(tier <= 2, 0.5, 0) where iso3 = 'EST' and edition = '2024'
        """,
        ("draws_give_the_probabilities",),
    ),
    Corruption(
        "a range of scores made narrower",
        "update score_uncertainty set score_q05 = score_median where iso3 = 'NAM' and edition = '2024'",
        ("draws_give_the_probabilities",),
    ),
    Corruption(
        "a probability of one row that the list does not have",
        "update tier_probabilities set probability = 1 - probability where iso3 = 'EST' and tier = 3",
        ("tier_probabilities_are_those_of_the_state",),
    ),
    Corruption(
        "a pillar that does not hold together",
        "update audit_coherence set alpha = 0.69 where node = 'legal' and edition = '2024'",
        ("low_alpha_has_a_decision", "audit_coherence.follows_from_the_audit"),
    ),
    Corruption(
        "neighbours surer of their order than they are",
        "update score_pairs set probability_above = 1 - probability_above where edition = '2024' and iso3 = 'NAM'",
        ("score_pairs_follow_from_the_audit",),
    ),
    Corruption(
        "another seed than the year of the edition",
        "update audit_summary set seed = seed + 1 where edition = '2024'",
        ("audit_summary.follows_from_the_audit",),
    ),
    Corruption(
        "a review more than there was",
        "update review_outcomes set answers = answers + 1",
        ("review_outcomes_are_those_of_the_answers",),
    ),
)
