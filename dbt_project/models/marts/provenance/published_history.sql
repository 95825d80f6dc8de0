with
published_history as (
    select * from {{ ref('stg_reference__published_history') }}
),

published_sources as (
    select * from {{ ref('stg_reference__published_sources') }}
),

data360 as (
    select
        edition,
        iso3,
        score
    from published_history
    where source = 'data360'
),

compared as (
    select
        published_history.*,
        case
            when published_history.source != 'data360' then round(published_history.score - data360.score, 9)
        end as difference_from_data360,
        abs(difference_from_data360) > published_sources.tolerance as differs_from_data360
    from published_history
    inner join published_sources using (edition, source)
    left join data360 using (edition, iso3)
)

select
    edition,
    iso3,
    source,
    score,
    rank,
    tier,
    scale,
    respondent_mark,
    reference,
    note,
    difference_from_data360,
    differs_from_data360
from compared
