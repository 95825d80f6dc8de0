with
source as (
    select * from {{ source('landing', 'survey') }}
),

renamed as (
    select
        ---------- ids
        return_digest,
        edition,
        iso3,
        collector,
        item,

        ---------- text
        evidence_url,
        comment,

        ---------- numerics
        {{ answer_value('answer') }} as answer,

        ---------- place and time
        file,
        sheet,
        row,
        received_at,
        modified_at
    from source
)

select * from renamed
