"""The table of corruptions: what is done to a copy of a good published file, and the checks that must stop it.

`stopped_by` names checks that must be among those that fail; a corruption may break more. `by_comparison` marks what
can only be seen by comparison with the file published before: no other file says what was there.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Corruption:
    """One way to tamper with a file.

    Attributes:
        name: what was done.
        sql: the statements that do it.
        stopped_by: checks that must fail.
        by_comparison: whether nothing but the comparison with the earlier file can see it.
    """

    name: str
    sql: str
    stopped_by: tuple[str, ...]
    by_comparison: bool = False


def without_rules(table: str, change: str) -> str:
    """SQL that changes a table which then has neither key nor comment, as tampering by copying leaves it."""
    return f"create or replace table {table} as {change}"


NAMED = (
    # Faults that real GCI tables had
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
        select edition, 'SWA', score, rank, tier, respondent_status, obs_status, answered, items
        from overall_scores where iso3 = 'SWZ' and edition = '2024'
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
        where edition = '2018' and rank in (10, 11)
        """,
        ("printed_ranks_follow_from_printed_scores", "published_history.equals_its_seed"),
    ),
    Corruption(
        "printed scores of two states swapped",
        """
        update published_history as given set score = other.score, rank = other.rank, tier = other.tier
        from published_history as other
        where given.edition = '2024' and other.edition = '2024'
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
    # Numbers
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
        "points of an expert moved to another question",
        """
        update weight_allotments set points = points + if(node = 'ls1.1', 0.5, -0.5)
            where expert = 'rehearsal_01' and node in ('ls1.1', 'ts1.1')
        """,
        ("allotments_are_complete", "weight_allotments.follows_from_allotments"),
    ),
    Corruption(
        "an expert left out",
        "delete from weight_allotments where expert = 'rehearsal_01'",
        ("allotments_are_complete", "weight_allotments.follows_from_allotments"),
    ),
    Corruption(
        "experts made to agree",
        "update weight_spread set standard_deviation = standard_deviation / 2",
        ("weight_spread.follows_from_allotments",),
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
        "a change between editions changed",
        "update score_changes set change = -change where iso3 = 'EST' and dimension = 'overall'",
        ("score_changes_follow_from_answers", "score_changes.stays_between_editions"),
    ),
    # Keys, rows and counts
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
        "a state added",
        "insert into member_states select * replace ('XKX' as iso3) from member_states where iso3 = 'EST'",
        ("member_states.equals_its_seed",),
    ),
    Corruption(
        "an activity's wording changed",
        "update gca_activities set asks_en = asks_en || '.' where activity = '1.a'",
        ("gca_activities.equals_its_seed",),
    ),
    Corruption(
        "an answer under another pillar",
        "update answers set pillar = 'technical' where iso3 = 'EST' and item = 'ls1'",
        ("answers_stand_in_their_place",),
    ),
    # Where answers come from
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
    # Known errors
    Corruption(
        "the register's entry gone",
        "delete from corrections where id = '2020-AFG-legal'",
        ("corrections.equals_its_seed", "every_correction_bites"),
    ),
    Corruption(
        "a known error passed off as equal",
        "update reconciliation set verdict = 'equal', correction_id = null where correction_id = '2020-AFG-legal'",
        ("every_correction_bites", "reconciliation_follows_from_answers", "corrections_say_whether_they_bite"),
    ),
    Corruption(
        "a difference that nobody explains",
        "update reconciliation set verdict = 'unexplained' where iso3 = 'EST' and dimension = 'overall'",
        ("no_difference_is_unexplained", "reconciliation_follows_from_answers"),
    ),
    Corruption(
        "an entry said not to bite",
        "update corrections set bites = false where id = '2020-AFG-legal'",
        ("corrections_say_whether_they_bite", "every_correction_bites"),
    ),
    # Vintages and releases
    Corruption(
        "an edition's vintage taken away",
        "update editions set vintage = null where edition = '2024'",
        ("editions_have_what_they_say", "vintages_go_forward", "releases_cover_the_vintages"),
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
    # The shape of the file
    Corruption("a table gone", "drop table group_scores", ("group_scores.columns", "group_scores_follow_from_answers")),
    Corruption(
        "a column gone",
        "alter table overall_scores drop column obs_status",
        ("overall_scores.columns", "columns_have_their_types"),
    ),
    Corruption(
        "a column renamed",
        "alter table score_changes rename column note to remark",
        ("score_changes.columns", "columns_have_their_types"),
    ),
    Corruption(
        "a column of a wide table gone",
        "alter table cooperation drop column cs3",
        ("cooperation.follows_from_answers",),
    ),
    Corruption(
        "a column of a wide table that no framework knows",
        "alter table cooperation add column cs9 double",
        ("cooperation.follows_from_answers", "everything_has_a_comment"),
    ),
    Corruption(
        "a number kept as text",
        "alter table group_scores alter column mean type varchar",
        ("columns_have_their_types",),
    ),
    Corruption(
        "a table that nobody declared",
        "create table league_table as select iso3, rank from overall_scores",
        ("columns_have_their_types",),
    ),
    Corruption(
        "a view in place of a table",
        """
        create table kept as from pillar_scores; drop table pillar_scores;
        create view pillar_scores as from kept
        """,
        ("columns_have_their_types", "keys_are_declared"),
    ),
    Corruption("a table's comment gone", "comment on table answers is null", ("everything_has_a_comment",)),
    Corruption(
        "a column's comment emptied",
        "comment on column overall_scores.score is '  '",
        ("everything_has_a_comment",),
    ),
    Corruption(
        "a key doubled",
        without_rules("releases", "from releases union all from releases"),
        ("releases.key", "keys_are_declared"),
    ),
    # What is followed, asked and compared
    Corruption(
        "an activity without an entry",
        "delete from gca_activity_measures where activity = '2.a'",
        ("activities_have_their_measures",),
    ),
    Corruption(
        "a measure left out for one group",
        "delete from gca_activity_measures where activity = '3.a' and member_group = 'sids'",
        ("activities_have_their_measures",),
    ),
    Corruption(
        "a measure made better",
        "update gca_activity_measures set value = 1 where activity = '3.a' and measure = 'national_cirt_share'",
        ("measures_follow_from_scores",),
    ),
    Corruption(
        "a measure where there are no figures",
        "update gca_activity_measures set value = 0, counted = member_states where activity = '1.a'",
        ("measures_follow_from_scores",),
    ),
    Corruption(
        "a measure that no longer says that data is missing",
        "update gca_activity_measures set note = null where activity = '1.a'",
        ("measures_say_what_they_are",),
    ),
    Corruption(
        "a state taken off the review worklist",
        "delete from review_worklist where iso3 = 'KEN'",
        ("worklist_follows_from_the_cross_checks",),
    ),
    Corruption(
        "a question put to a state whose figures agree",
        """
        insert into review_worklist
        select * replace ('USA' as iso3, 'United States of America' as member_state) from review_worklist
        where iso3 = 'KEN'
        """,
        ("worklist_follows_from_the_cross_checks",),
    ),
    Corruption(
        "a question softened",
        "update review_worklist set severity = 'low' where iso3 = 'KEN'",
        ("worklist_says_what_its_check_says",),
    ),
    Corruption(
        "a partner's support of a state gone",
        "delete from partner_support where partner = 'second'",
        ("support_follows_from_partner_values",),
    ),
    Corruption(
        "an overlap of partners hidden",
        "update partner_support set partners = 1",
        ("support_follows_from_partner_values",),
    ),
    Corruption(
        "a revision made small",
        "update partner_value_revisions set value = 81.8, change = 81.8 - previous_value where iso3 = 'KEN'",
        ("partner_value_revisions_are_what_was_sent", "partner_value_revisions_lead_to_the_value"),
    ),
    Corruption(
        "a revision passed off as rounding",
        "update partner_value_revisions set only_rounded = true where iso3 = 'KEN'",
        ("partner_value_revisions_are_what_was_sent",),
    ),
    Corruption(
        "a gap left out",
        "delete from capacity_gaps where iso3 = 'NAM' and place = 1",
        ("capacity_gaps_follow_from_answers", "capacity_gaps.stays_as_published"),
    ),
    Corruption(
        "gaps of two states swapped",
        """
        update capacity_gaps as given set concept = other.concept, gain = other.gain, next_answer = other.next_answer
        from capacity_gaps as other
        where given.edition = other.edition and given.grouping = other.grouping and given.place = other.place
            and (given.iso3, other.iso3) in (('SLV', 'SLE'), ('SLE', 'SLV'))
        """,
        ("capacity_gaps_follow_from_answers", "capacity_gaps_stand_in_their_place"),
    ),
    Corruption(
        "an answer beside a gap that is not the state's",
        "update capacity_gaps set answer = 0.01 where iso3 = 'NAM' and edition = '2024' and place = 1",
        ("capacity_gaps_stand_in_their_place",),
    ),
    Corruption(
        "a peer shown with another's evidence",
        "update capacity_gap_peers set evidence_url = 'https://example.org/other' where iso3 = 'NAM' and place = 1",
        ("peers_took_the_step",),
    ),
    Corruption(
        "a peer that is none",
        "update capacity_gap_peers set peer = iso3 where iso3 = 'NAM' and place = 1 and peer = (select max(peer) from "
        "capacity_gap_peers as others where others.iso3 = 'NAM' and others.place = 1)",
        ("peers_took_the_step",),
    ),
)
