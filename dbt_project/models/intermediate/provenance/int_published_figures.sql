-- Every published figure of the editions in the file, source by source. Overall scores of print and transcription stand
-- in the history, all others in the table of scores.
with
editions_built as (
    select * from {{ ref('stg_candidate__editions') }}
),

published_sources as (
    select * from {{ ref('stg_reference__published_sources') }}
),

figures as (
    select
        edition,
        iso3,
        dimension,
        source,
        published
    from {{ ref('stg_reference__published_scores') }}
    union all
    select
        edition,
        iso3,
        'overall' as dimension,
        source,
        score as published
    from {{ ref('stg_reference__published_history') }}
    where source != 'data360' and score is not null
),

with_tolerance as (
    select
        figures.*,
        published_sources.tolerance
    from figures
    inner join editions_built using (edition)
    inner join published_sources using (edition, source)
)

select * from with_tolerance
