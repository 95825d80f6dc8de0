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

-- What the vintage that was printed gave: that is held against print, and what changed since has a revision.
since_print as (
    select
        edition,
        iso3,
        dimension,
        list(old order by vintage asc)[1] as printed_score,
        arg_max(reason, vintage) as revision_reason,
        arg_max(cause_digest, vintage) as explained_by
    from {{ ref('int_revisions') }}
    group by edition, iso3, dimension
),

side_by_side as (
    select
        due.*,
        published.published,
        published.tolerance,
        recomputed.score as recomputed,
        if(since_print.edition is null, recomputed.score, since_print.printed_score) as recomputed_for_print,
        resting_on_derived.dimension is not null as is_derived,
        since_print.revision_reason,
        since_print.explained_by
    from due
    left join published using (edition, iso3, dimension, source)
    left join recomputed using (edition, iso3, dimension)
    left join resting_on_derived using (edition, iso3, dimension)
    left join since_print using (edition, iso3, dimension)
),

compared as (
    select
        side_by_side.*,
        recomputed - published as difference,
        abs(recomputed_for_print - published) <= tolerance as is_equal,
        (recomputed is distinct from recomputed_for_print) as is_revised
    from side_by_side
)

select * from compared
