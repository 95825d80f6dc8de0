with
named_in_manifest as (
    {{ named_in_manifest('reviews', 'review_digest') }}
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
