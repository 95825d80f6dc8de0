-- Differences that somebody has recorded and another has approved: errors of Data360, and where other sources differ.
with
corrections as (
    select * from {{ ref('stg_reference__corrections') }}
),

source_differences as (
    select * from {{ ref('stg_reference__source_differences') }}
),

recorded as (
    select
        edition,
        iso3,
        dimension,
        'data360' as source,
        published,
        corrected as by_method,
        'proved' as cause,
        what_is_wrong as note,
        id as correction_id
    from corrections
    union all
    select
        edition,
        iso3,
        dimension,
        source,
        published,
        by_method,
        cause,
        what_differs as note,
        null as correction_id
    from source_differences
)

select * from recorded
