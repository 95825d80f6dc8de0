with
measures as (
    select * from {{ ref('stg_reference__gca_measures') }}
),

activity_status as (
    select * from {{ ref('gca_activity_status_by_edition') }}
),

printed_counts as (
    select * from {{ ref('stg_reference__printed_counts') }}
),

measured as (
    select * from {{ ref('int_measures_of_groups') }}
),

with_print as (
    select
        measured.* replace (coalesce(cast(printed_counts.states as double), measured.value) as value),
        measures.label_en,
        measures.statistic,
        measures.subject,
        measures.about,
        measures.unit,
        measures.note as says_not,
        printed_counts.counts_en,
        printed_counts.source as printed_in,
        'Needed: ' || activity_status.source_needed as needed
    from measured
    inner join measures using (activity, measure)
    inner join activity_status using (activity, edition)
    left join printed_counts -- of all states together
        on (measures.subject, measured.grouping) = ('printed', 'all')
        and (measured.edition, measures.about) = (printed_counts.edition, printed_counts.about)
),

described as (
    select
        *,
        case subject
            when 'concept' then 'indicator_scores: ' || code
            when 'question' then 'answers: ' || code
            when 'dimension' then if(code = 'overall', 'overall_scores', 'pillar_scores: ' || code)
            when 'change' then 'score_changes: ' || code
            when 'status' then 'overall_scores: respondent_status ' || code
            when 'partner' then 'partner_values: ' || code
            when 'support' then 'partner_support: ' || code
            when 'printed' then printed_in
        end as source,
        case
            when statistic = 'none' then 'No data exists yet. ' || needed
            when subject = 'printed' then coalesce(counts_en, 'No count of ITU is at hand for this edition and group.')
            when counted > 0 then says_not
            when subject = 'support' then 'No list of projects has been received. ' || needed
            when subject = 'question' and code is null
                then concat_ws(' ', 'No answers to single questions are at hand for this edition.', needed)
            when subject = 'partner' and {{ partner_is_undated('about') }}
                then 'The list has no date: it counts for no edition until somebody gives one.'
            else 'No figures for this edition and group.'
        end as note
    from with_print
)

select
    activity,
    measure,
    edition,
    grouping,
    member_group,
    label_en,
    statistic,
    value,
    unit,
    member_states,
    counted,
    source,
    note,
    {{ is_synthetic('edition') }} as synthetic
from described
