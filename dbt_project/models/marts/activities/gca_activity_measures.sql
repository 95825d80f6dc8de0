with
measures as (
    select * from {{ ref('gca_measures') }}
),

activities as (
    select * from {{ ref('gca_activities') }}
),

by_state as (
    select * from {{ ref('int_measures_by_state') }}
),

measured as (
    select
        activity,
        measure,
        edition,
        grouping,
        member_group,
        round(
            case statistic
                when 'mean' then sum(value order by iso3) / count(value)
                when 'share_above' then count(*) filter (where value > threshold) / nullif(count(value), 0)
                when 'share_at_least' then count(*) filter (where value >= threshold) / nullif(count(value), 0)
                when 'share_listed' then count(*) filter (where value >= threshold) / nullif(count(value), 0)
                when 'quartile_gap' then quantile_cont(value, 0.75) - quantile_cont(value, 0.25)
            end,
            9
        ) as value,
        cast(count(*) as integer) as member_states,
        cast(count(value) as integer) as counted,
        min(code) as code
    from by_state
    group by activity, measure, edition, grouping, member_group, statistic
),

described as (
    select
        measured.*,
        measures.label_en,
        measures.statistic,
        measures.unit,
        case measures.subject
            when 'concept' then 'indicator_scores: ' || measured.code
            when 'dimension' then if(measured.code = 'overall', 'overall_scores', 'pillar_scores: ' || measured.code)
            when 'change' then 'score_changes: ' || measured.code
            when 'status' then 'overall_scores: respondent_status ' || measured.code
            when 'partner' then 'partner_values: ' || measured.code
            when 'support' then 'partner_support: ' || measured.code
        end as source,
        case
            when measures.statistic = 'none' then 'No data exists yet. Needed: ' || activities.source_needed
            when measured.counted > 0 then measures.note
            when measures.subject = 'support'
                then 'No list of projects has been received. Needed: ' || activities.source_needed
            when {{ partner_is_undated('measures.about') }}
                then 'The list has no date: it counts for no edition until somebody gives one.'
            else 'No figures for this edition and group.'
        end as note
    from measured
    inner join measures using (activity, measure)
    inner join activities using (activity)
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
    note
from described
