with
source as (
    select * from {{ source('landing', 'reviews') }}
),

inputs as (
    select * from {{ ref('stg_candidate__inputs') }}
    where kind = 'reviews'
),

named_in_manifest as (
    select source.*
    from source
    inner join inputs on source.review_digest = inputs.digest and source.edition = inputs.edition
),

renamed as (
    select
        ---------- ids
        review_digest,
        edition,
        iso3,
        item,

        ---------- text
        verdict,
        reason,
        reviewer,
        answer,

        ---------- place and time
        file,
        row,
        reviewed_on,
        received_at,
        modified_at
    from named_in_manifest
)

select * from renamed
