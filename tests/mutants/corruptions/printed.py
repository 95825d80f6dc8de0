"""Faults that real GCI tables had."""

from __future__ import annotations

from mutants.corruptions.corruption import Corruption, without_rules

PRINTED = (
    Corruption(
        "a pillar on a 0-1 scale, as Afghanistan's was printed",
        "update pillar_scores set score = score / 20 where iso3 = 'EST' and pillar = 'legal' and edition = '2020'",
        ("no_pillar_is_on_a_0_1_scale", "pillar_scores_follow_from_answers", "pillars_sum_to_the_overall_score"),
    ),
    Corruption(
        "a pillar set to zero",
        "update pillar_scores set score = 0 where iso3 = 'KEN' and pillar = 'cooperation' and edition = '2024'",
        ("pillar_scores_follow_from_answers", "pillars_sum_to_the_overall_score", "pillar_scores.stays_as_published"),
    ),
    Corruption(
        "DR Congo's and Congo's scores swapped",
        """
        update overall_scores as given set score = other.score, tier = other.tier
        from overall_scores as other
        where given.edition = '2024' and other.edition = '2024'
            and (given.iso3, other.iso3) in (('COD', 'COG'), ('COG', 'COD'))
        """,
        ("overall_scores_follow_from_answers", "overall_scores.stays_as_published", "tiers_are_the_printed_ones"),
    ),
    Corruption(
        "El Salvador's and Sierra Leone's rows of a wide table swapped",
        """
        update technical_measures as given
        set ts1 = other.ts1, ts2 = other.ts2, ts3 = other.ts3, pillar_score = other.pillar_score
        from technical_measures as other
        where given.edition = '2024' and other.edition = '2024'
            and (given.iso3, other.iso3) in (('SLV', 'SLE'), ('SLE', 'SLV'))
        """,
        ("technical_measures.follows_from_answers", "technical_measures.stays_as_published"),
    ),
    Corruption(
        "one state's profile under another's name",
        "update legal_measures set member_state = 'Sierra Leone' where iso3 = 'SLV'",
        ("legal_measures.follows_from_answers",),
    ),
    Corruption(
        "two states' names swapped",
        """
        update member_states as given set name_en = other.name_en
        from member_states as other where (given.iso3, other.iso3) in (('COD', 'COG'), ('COG', 'COD'))
        """,
        ("member_states.equals_its_seed",),
    ),
    Corruption(
        "Canada missing everywhere",
        "".join(
            f"delete from {table} where iso3 = 'CAN';"
            for table in (
                *("member_states", "member_state_groups", "answers", "indicator_scores", "pillar_scores"),
                *("overall_scores", "legal_measures", "technical_measures", "organizational_measures"),
                *("capacity_development", "cooperation", "score_changes", "reconciliation", "published_history"),
            )
        ),
        ("rows_are_complete", "answers_cover_every_item", "overall_scores_follow_from_answers"),
    ),
    Corruption(
        "Swaziland beside Eswatini",
        """
        insert into overall_scores
        select * replace ('SWA' as iso3) from overall_scores where iso3 = 'SWZ' and edition = '2024'
        """,
        ("rows_are_complete", "overall_scores_follow_from_answers"),
    ),
    Corruption(
        "a name marked as in print",
        "update member_states set name_en = name_en || '**' where iso3 = 'USA'",
        ("member_states.name_en.like", "member_states.equals_its_seed"),
    ),
    Corruption(
        "Namibia's code read as missing",
        without_rules("member_states", "select * replace (if(iso2 = 'NA', null, iso2) as iso2) from member_states"),
        ("member_states.iso2.not_null", "keys_are_declared", "everything_has_a_comment"),
    ),
    Corruption(
        "zero for no data taken as measured",
        "update overall_scores set respondent_status = 'responded', obs_status = 'A' where iso3 = 'FSM'",
        ("respondents_are_the_printed_ones", "group_scores_follow_from_answers"),
    ),
    Corruption(
        "adjacent ranks swapped",
        """
        update overall_scores set rank = case rank when 10 then 11 else 10 end
        where edition = '2020' and rank in (10, 11)
        """,
        ("ranks_and_tiers_follow_from_scores",),
    ),
    Corruption(
        "adjacent printed ranks swapped",
        """
        update published_history set rank = case rank when 10 then 11 else 10 end
        where edition = '2018' and rank in (10, 11) and source = 'print'
        """,
        ("printed_ranks_follow_from_printed_scores", "published_history.equals_its_seed"),
    ),
    Corruption(
        "printed scores of two states swapped",
        """
        update published_history as given set score = other.score, rank = other.rank, tier = other.tier
        from published_history as other
        where given.edition = '2024' and other.edition = '2024' and given.source = other.source
            and (given.iso3, other.iso3) in (('COD', 'COG'), ('COG', 'COD'))
        """,
        ("printed_scores_are_the_published_ones",),
    ),
    Corruption(
        "a drop of more than 20 points",
        "update overall_scores set score = score - 30 where iso3 = 'EST' and edition = '2024'",
        ("big_drops_are_reviewed", "overall_scores_follow_from_answers"),
    ),
    Corruption(
        "a reviewed drop gone",
        "update overall_scores set score = 89 where iso3 = 'MKD' and edition = '2024'",
        ("big_drops_are_reviewed",),
    ),
)
