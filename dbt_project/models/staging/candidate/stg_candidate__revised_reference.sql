with
source as (
    select * from {{ source('candidate', 'manifest') }}
),

one_row_per_seed as (
    select
        edition,
        reference_digest,
        unnest(revised_reference) as revised
    from source
)

select
    edition,
    revised.class,
    revised.seed,
    reference_digest
from one_row_per_seed
