-- The revisions of all vintages: those on record, and those of the vintage that is built.
with
on_record as (
    select * from {{ ref('stg_candidate__revisions') }}
),

of_the_vintage as (
    select * from {{ ref('int_changed_figures') }}
),

revised_reference as (
    select
        edition,
        min(class) as class,
        any_value(reference_digest) as digest,
        string_agg(seed, ', ' order by seed) as seeds
    from {{ ref('stg_candidate__revised_reference') }}
    group by edition
),

explained as (
    select
        of_the_vintage.* exclude (class, reason, cause_digest),
        coalesce(of_the_vintage.class, revised_reference.class, 'method') as class,
        coalesce(of_the_vintage.reason, 'changed: ' || revised_reference.seeds) as reason,
        coalesce(of_the_vintage.cause_digest, revised_reference.digest) as cause_digest
    from of_the_vintage
    left join revised_reference using (edition)
    union all by name
    select * from on_record
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
from explained
