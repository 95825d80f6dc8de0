-- What the survey says of the states that have data, concept by concept and dimension by dimension, in one shape for
-- whatever is measured by or held against it.
with
indicator_scores as (
    select * from {{ ref('int_indicator_scores') }}
),

dimension_scores as (
    select * from {{ ref('int_dimension_scores') }}
),

overall_scores as (
    select * from {{ ref('int_overall_scores') }}
),

scores as (
    select
        edition,
        iso3,
        'concept' as subject,
        concept as about,
        indicator as code,
        score as value
    from indicator_scores
    union all
    select
        edition,
        iso3,
        'dimension' as subject,
        dimension as about,
        dimension as code,
        score as value
    from dimension_scores
),

with_data as (
    select
        scores.edition,
        scores.iso3,
        scores.subject,
        scores.about,
        scores.code,
        scores.value
    from scores
    inner join overall_scores using (edition, iso3)
    where scores.value is not null and overall_scores.respondent_status != 'no_data'
)

select * from with_data
