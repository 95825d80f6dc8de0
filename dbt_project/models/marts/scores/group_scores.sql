with
dimension_scores as (
    select * from {{ ref('int_dimension_scores') }}
),

group_members as (
    select * from {{ ref('int_group_members') }}
),

scores_of_members as (
    select
        group_members.*,
        dimension_scores.dimension,
        dimension_scores.unrounded_score as score,
        dimension_scores.has_data,
        dimension_scores.responded
    from group_members
    inner join dimension_scores using (edition, iso3)
),

summarised as (
    select
        edition,
        grouping,
        member_group,
        dimension,
        cast(count(*) as integer) as member_states,
        round(sum(score order by iso3) / count(score), 9) as mean,
        round(median(score), 9) as median,
        round(min(score), 9) as minimum,
        round(max(score), 9) as maximum,
        cast(count(score) filter (where has_data) as integer) as with_data,
        round(
            sum(score order by iso3) filter (where has_data) / nullif(count(score) filter (where has_data), 0), 9
        ) as mean_with_data,
        cast(count(score) filter (where responded) as integer) as respondents,
        round(
            sum(score order by iso3) filter (where responded) / nullif(count(score) filter (where responded), 0), 9
        ) as mean_of_respondents
    from scores_of_members
    group by edition, grouping, member_group, dimension
)

select
    *,
    {{ is_synthetic('edition') }} as synthetic
from summarised
