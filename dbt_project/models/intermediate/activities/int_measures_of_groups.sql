-- What a measure's statistic makes of the numbers of a group's states.
with
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
)

select * from measured
