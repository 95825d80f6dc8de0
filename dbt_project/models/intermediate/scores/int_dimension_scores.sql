with
pillar_scores as (
    select * from {{ ref('pillar_scores') }}
),

overall_scores as (
    select * from {{ ref('overall_scores') }}
),

dimension_scores as (
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

with_data as (
    select
        dimension_scores.*,
        overall_scores.respondent_status != 'no_data' as has_data
    from dimension_scores
    inner join overall_scores using (edition, iso3)
)

select * from with_data
