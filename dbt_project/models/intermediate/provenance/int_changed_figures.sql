-- Figures of a vintage that are others than those of the vintage before, each with the file that is nearest behind it.
with
before as (
    select * from {{ ref('stg_candidate__figures_before') }}
),

scores as (
    select scores.*
    from {{ ref('int_dimension_scores') }} as scores
    where scores.edition in (select before.edition from before)
),

changed as (
    select
        edition,
        iso3,
        dimension,
        cast(editions.vintage as integer) as vintage,
        before.score as old,
        scores.score as new
    from before
    full outer join scores using (edition, iso3, dimension)
    inner join {{ ref('stg_candidate__editions') }} as editions using (edition)
    where before.score is distinct from scores.score
),

nearest as (
    select
        changed.*,
        causes.class,
        causes.reason,
        causes.approver,
        causes.digest as cause_digest
    from changed
    left join {{ ref('int_revision_causes') }} as causes
        on changed.edition = causes.edition
        and changed.iso3 = coalesce(causes.iso3, changed.iso3)
        and changed.dimension = coalesce(causes.dimension, changed.dimension)
    qualify
        row_number() over (
            partition by changed.edition, changed.iso3, changed.dimension
            order by causes.nearness asc nulls last, causes.received_at desc, causes.digest asc
        ) = 1
)

select
    edition,
    vintage,
    iso3,
    dimension,
    old,
    new,
    class,
    reason,
    approver,
    cause_digest
from nearest
