-- Two editions compare on a dimension when its concepts are the same in both.
with
editions_built as (
    select * from {{ ref('stg_candidate__editions') }}
),

editions as (
    select editions.*
    from {{ ref('stg_reference__editions') }} as editions
    inner join editions_built using (edition)
),

indicators as (
    select * from {{ ref('int_framework_nodes') }}
    where level = 'indicator'
),

concepts as (
    select
        edition,
        unnest([pillar, 'overall']) as dimension,
        concept
    from indicators
),

concept_lists as (
    select
        edition,
        dimension,
        list(concept order by concept) as concepts
    from concepts
    group by edition, dimension
),

pairs as (
    select
        earlier.edition as from_edition,
        later.edition as to_edition
    from editions as earlier
    inner join editions as later
        on (earlier.reference_year, earlier.edition) < (later.reference_year, later.edition)
),

compared as (
    select
        pairs.from_edition,
        pairs.to_edition,
        later.dimension,
        list_filter(earlier.concepts, lambda one: not list_contains(later.concepts, one)) as concepts_left,
        list_filter(later.concepts, lambda one: not list_contains(earlier.concepts, one)) as concepts_new
    from pairs
    inner join concept_lists as later on pairs.to_edition = later.edition
    inner join concept_lists as earlier
        on pairs.from_edition = earlier.edition and later.dimension = earlier.dimension
)

select * from compared
