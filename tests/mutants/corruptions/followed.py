"""What is followed, asked and compared."""

from __future__ import annotations

from mutants.corruptions.corruption import Corruption

FOLLOWED = (
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
        "update gca_activity_measures set value = 1 where measure = 'national_cirt_any_positive_share'",
        ("measures_follow_from_scores",),
    ),
    Corruption(
        "any positive answer passed off as the thing itself",
        "update gca_activity_measures set label_en = 'States with a national cybersecurity strategy' "
        "where measure = 'strategy_any_positive_share'",
        ("measures_say_what_they_are",),
    ),
    Corruption(
        "a count of ours passed off as ITU's",
        "update gca_activity_measures set value = 159 where measure = 'strategy_printed_count' and edition = '2024' "
        "and grouping = 'all'",
        ("measures_follow_from_scores",),
    ),
    Corruption(
        "ITU's count without the place where it is printed",
        "update gca_activity_measures set source = 'answers' where measure = 'strategy_printed_count' "
        "and source is not null",
        ("measures_say_what_they_are",),
    ),
    Corruption(
        "what only 2026 asks said to follow an activity in 2024",
        "update gca_activity_status set data_status = 'followed', source_needed = null where activity = '4.i'",
        ("gca_activity_status.follows_from_the_editions",),
    ),
    Corruption(
        "the state of an activity that is not that of the newest edition",
        "update gca_activities set data_status = 'followed' where activity = '4.i'",
        ("gca_activities.follows_from_the_editions",),
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
        ("capacity_peers_have_measure",),
    ),
    Corruption(
        "a peer that is none",
        "update capacity_gap_peers set peer = iso3 where iso3 = 'NAM' and place = 1 and peer = (select max(peer) from "
        "capacity_gap_peers as others where others.iso3 = 'NAM' and others.place = 1)",
        ("capacity_peers_have_measure",),
    ),
)
