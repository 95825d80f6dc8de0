with
indicator_scores as (
    select * from {{ ref('int_indicator_scores') }}
),

pillar_scores as (
    select * from {{ ref('int_pillar_scores') }}
),

overall_scores as (
    select * from {{ ref('int_overall_scores') }}
),

published_scores as (
    select
        edition,
        iso3,
        pillar as dimension,
        score
    from pillar_scores
    union all
    select
        edition,
        iso3,
        'overall' as dimension,
        score
    from overall_scores
),

points as (
    select
        edition,
        iso3,
        indicator,
        unnest([pillar, 'overall']) as dimension,
        points
    from indicator_scores
),

unrounded_scores as (
    select
        edition,
        iso3,
        dimension,
        sum(points order by indicator) as unrounded_score
    from points
    group by edition, iso3, dimension
),

with_data as (
    select
        published_scores.*,
        unrounded_scores.unrounded_score,
        overall_scores.respondent_status != 'no_data' as has_data,
        overall_scores.respondent_status = 'responded' as responded
    from published_scores
    inner join unrounded_scores using (edition, iso3, dimension)
    inner join overall_scores using (edition, iso3)
)

select
    edition,
    iso3,
    dimension,
    score,
    unrounded_score,
    has_data,
    responded
from with_data
