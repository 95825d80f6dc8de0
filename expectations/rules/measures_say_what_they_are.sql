-- Label, statistic and unit of a measure are those of its seed; source and note say where the figures come from, or why
-- there are none.
with
code_in_edition as (
    select distinct
        edition,
        subject,
        about,
        item
    from recomputed.survey
    union all
    select distinct
        edition,
        subject,
        about,
        item
    from recomputed.questions
),

due as (
    select
        given.activity,
        given.measure,
        given.edition,
        given.grouping,
        given.member_group,
        measures.label_en,
        measures.statistic,
        measures.unit,
        case
            when measures.subject = 'concept' then 'indicator_scores: ' || codes.item
            when measures.subject = 'question' then 'answers: ' || codes.item
            when measures.subject = 'printed' then counts.source
            when measures.subject = 'dimension' and codes.item = 'overall' then 'overall_scores'
            when measures.subject = 'dimension' then 'pillar_scores: ' || codes.item
            when measures.subject = 'change' and given.source is not null
                then format(
                    'score_changes: {} to {}',
                    (
                        select max_by(before.edition, (before.reference_year, before.edition))
                        from recomputed.editions as before
                        where before.edition in (
                            select pairs.from_edition from recomputed.pairs as pairs where pairs.to_edition = given.edition
                        )
                    ),
                    given.edition
                )
            when measures.subject = 'status' and given.source is not null
                then 'overall_scores: respondent_status ' || measures.about
            when measures.subject = 'partner' and given.source is not null then 'partner_values: ' || measures.about
            when measures.subject = 'support' and given.source is not null then 'partner_support: ' || measures.about
        end as source,
        case
            when measures.statistic = 'none' then 'No data exists yet. Needed: ' || activities.source_needed
            when measures.subject = 'printed'
                then ifnull(counts.counts_en, 'No count of ITU is at hand for this edition and group.')
            when given.counted > 0 then measures.note
            when measures.subject = 'question' and codes.item is null
                then 'No answers to single questions are at hand for this edition.' || ifnull(' Needed: ' || activities.source_needed, '')
            when measures.subject = 'support'
                then 'No list of projects has been received. Needed: ' || activities.source_needed
            when measures.about in (
                select sent.source || '/' || sent.series from candidate.partner_values as sent where sent.period = 'unknown'
            )
                then 'The list has no date: it counts for no edition until somebody gives one.'
            else 'No figures for this edition and group.'
        end as note
    from candidate.gca_activity_measures as given
    inner join seeds.gca_measures as measures using (activity, measure)
    inner join recomputed.gca_activity_status as activities using (edition, activity)
    left join code_in_edition as codes
        on given.edition = codes.edition and measures.subject = codes.subject and measures.about = codes.about
    left join seeds.printed_counts as counts
        on
            measures.subject = 'printed' and given.grouping = 'all'
            and (counts.edition, counts.about) = (given.edition, measures.about)
),

-- Where one group of an edition has figures of a measure, its source is named for every group.
with_source as (
    select
        activity,
        measure,
        edition,
        bool_or(counted > 0) as has_figures,
        bool_or(statistic = 'printed') as is_printed
    from candidate.gca_activity_measures
    group by activity, measure, edition
)

select
    activity,
    measure,
    edition,
    grouping,
    member_group,
    concat_ws(' | ', given.label_en, given.statistic, given.unit, given.source, given.note) as found,
    concat_ws(' | ', due.label_en, due.statistic, due.unit, due.source, due.note) as expected
from candidate.gca_activity_measures as given
inner join due using (activity, measure, edition, grouping, member_group)
inner join with_source using (activity, measure, edition)
where
    (given.label_en, given.statistic, given.unit, given.source, given.note)
    is distinct from (due.label_en, due.statistic, due.unit, due.source, due.note)
    or (not with_source.is_printed and (given.source is not null) != with_source.has_figures)
