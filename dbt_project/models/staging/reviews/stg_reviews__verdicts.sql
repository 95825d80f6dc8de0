with
source as (
    select * from {{ source('landing', 'reviews') }}
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

        ---------- numerics
        {{ answer_value('answer') }} as answer,

        ---------- place and time
        file,
        row,
        reviewed_on,
        received_at,
        modified_at
    from source
)

select * from renamed
