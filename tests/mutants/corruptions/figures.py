"""Numbers that were changed."""

from __future__ import annotations

from mutants.corruptions.corruption import Corruption

FIGURES = (
    Corruption(
        "zero made missing",
        "update answers set answer = null, points = null where iso3 = 'AFG' and item = 'cs1' and edition = '2024'",
        ("answers_say_why_they_count", "indicator_scores_follow_from_answers"),
    ),
    Corruption(
        "missing made zero",
        "update indicator_scores set score = null, points = null where iso3 = 'AFG' and indicator = 'cs1'",
        ("indicator_scores_follow_from_answers",),
    ),
    Corruption(
        "not a number",
        "update pillar_scores set score = 'nan' where iso3 = 'EST' and pillar = 'legal' and edition = '2024'",
        ("pillar_scores.score.between", "pillar_scores_follow_from_answers"),
    ),
    Corruption(
        "an infinite number",
        "update partner_values set value = 'infinity' where iso3 = 'EST'",
        ("partner_values.value.between", "partner_values_are_what_was_sent"),
    ),
    Corruption(
        "a drift of a unit of the last decimal in gains, measures, points and weights",
        """
        update capacity_gaps set gain = round(gain + 1e-9, 9) where iso3 = 'AFG' and place = 1;
        update gca_activity_measures set value = round(value + 1e-9, 9) where edition = '2024';
        update answers set points = round(points + 1e-12, 12) where iso3 = 'EST' and edition = '2024' and item = 'ts1';
        update indicator_scores set weight = weight * (1 + 2.220446049250313e-16) where iso3 = 'EST'
        """,
        (
            "capacity_gaps_follow_from_answers",
            "measures_follow_from_scores",
            "points_are_weight_times_answer",
            "indicator_scores_follow_from_answers",
        ),
    ),
    Corruption(
        "a score changed in the ninth decimal",
        "update pillar_scores set score = score + 2e-9 where iso3 = 'EST' and pillar = 'technical'",
        ("pillar_scores_follow_from_answers",),
    ),
    Corruption(
        "points that are not weight times answer",
        "update answers set points = points + 0.001 where iso3 = 'EST' and item = 'ls1'",
        ("points_are_weight_times_answer",),
    ),
    Corruption(
        "a tier off by one",
        "update overall_scores set tier = tier + 1 where iso3 = 'EST' and edition = '2024'",
        ("ranks_and_tiers_follow_from_scores", "tier_counts_follow_from_thresholds", "tiers_are_the_printed_ones"),
    ),
    Corruption(
        "ranks beside tiers",
        "update overall_scores set rank = 1 where iso3 = 'EST' and edition = '2024'",
        ("ranks_or_tiers_not_both",),
    ),
    Corruption(
        "a weight moved to another indicator, and points with it",
        """
        update framework set weight = weight + if(node = 'ls1', 1, -1)
            where edition = '2024' and node in ('ls1', 'ls2');
        update answers set points = points + answer * if(item = 'ls1', 1, -1)
            where edition = '2024' and item in ('ls1', 'ls2');
        update indicator_scores set weight = weight + if(indicator = 'ls1', 1, -1),
            points = points + score * if(indicator = 'ls1', 1, -1)
            where edition = '2024' and indicator in ('ls1', 'ls2')
        """,
        ("framework.equals_its_seed_by_edition", "points_are_weight_times_answer", "framework.stays_as_published"),
    ),
    Corruption(
        "weights that do not sum to 20",
        "update framework set weight = weight * 2 where edition = '2020' and node = 'cs1'",
        ("weights_sum_up",),
    ),
    Corruption(
        "an expert of a rehearsal among the weights of published editions",
        "insert into weight_allotments values ('2026', 'rehearsal_01', 'ls1.1', 'question', 'legal', 2.0, 0.1)",
        ("allotments_are_complete", "weight_allotments.follows_from_allotments", "rehearsals_stay_out"),
    ),
    Corruption(
        "experts of a rehearsal who agree",
        "insert into weight_spread values ('2026', 'ls1.1', 'question', 'legal', 12, 2.0, 0.0, 2.0, 2.0)",
        ("weight_spread.follows_from_allotments", "rehearsals_stay_out"),
    ),
    Corruption(
        "the weights of a rehearsal among those of published editions",
        "insert into framework select * replace ('2026' as edition) from framework where edition = '2024'",
        ("rehearsals_stay_out",),
    ),
    Corruption(
        "an answer changed",
        "update answers set answer = 0.25, points = points * 0.25 / answer where iso3 = 'EST' and item = 'ls1'",
        ("answers_are_what_was_sent", "answers.stays_as_published", "indicator_scores_follow_from_answers"),
    ),
    Corruption(
        "a group's mean changed",
        "update group_scores set mean = mean + 0.01 where grouping = 'all' and dimension = 'overall'",
        ("group_scores_follow_from_answers", "group_scores.stays_as_published"),
    ),
    Corruption(
        "a group's count changed",
        "update group_scores set with_data = with_data - 1 where member_group = 'ldc' and dimension = 'legal'",
        ("group_scores_follow_from_answers",),
    ),
    Corruption(
        "other questions passed off as the same",
        "update score_changes set comparable = true, comparability = 'same_questions' where dimension = 'cooperation'",
        ("score_changes_follow_from_answers",),
    ),
    Corruption(
        "an indicator said to ask the same",
        "update indicator_comparability set comparability = 'same_questions' where to_indicator = 'cs2'",
        ("indicator_comparability.follows_from_its_register", "same_questions_have_the_same_values"),
    ),
    Corruption(
        "a change between editions changed",
        "update score_changes set change = -change where iso3 = 'EST' and dimension = 'overall'",
        ("score_changes_follow_from_answers", "score_changes.stays_between_editions"),
    ),
)
