-- Every published figure beside the recomputed one, source by source.
with
published as (
    select * from {{ ref('int_published_figures') }}
),

-- The figures of an edition are computed from what Data360 has of it: that table is to be reproduced whole.
recomputed as (
    select *
    from {{ ref('int_dimension_scores') }}
    where edition in (select published.edition from published)
),

due as (
    select
        edition,
        iso3,
        dimension,
        source
    from published
    union distinct
    select
        edition,
        iso3,
        dimension,
        'data360' as source
    from recomputed
),

resting_on_derived as (
    select distinct
        edition,
        iso3,
        pillar as dimension
    from {{ ref('int_indicator_scores') }}
    where derived
),

compared as (
    select
        edition,
        iso3,
        dimension,
        source,
        published.published,
        recomputed.score as recomputed,
        recomputed.score - published.published as difference,
        abs(recomputed.score - published.published) <= published.tolerance as is_equal,
        resting_on_derived.dimension is not null as is_derived
    from due
    left join published using (edition, iso3, dimension, source)
    left join recomputed using (edition, iso3, dimension)
    left join resting_on_derived using (edition, iso3, dimension)
)

select * from compared
