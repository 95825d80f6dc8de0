-- A rehearsal has no place in a file that publishes something else: its weights and thresholds are nobody's.
with
editions as (
    select * from {{ ref('stg_reference__editions') }}
),

editions_built as (
    select * from {{ ref('stg_candidate__editions') }}
),

shown as (
    select
        editions.edition,
        editions.reference_year,
        editions.status,
        editions_built.vintage
    from editions
    left join editions_built using (edition)
    where editions.status != 'rehearsal' or editions_built.edition is not null
)

select * from shown
