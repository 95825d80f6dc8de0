with
named_in_manifest as (
    {{ named_in_manifest('survey', 'return_digest') }}
),

renamed as (
    select
        ---------- ids
        return_digest,
        edition,
        iso3,
        collector,
        item,
        form_version,

        ---------- text
        evidence_url,
        comment,
        answer,

        ---------- booleans
        coalesce(synthetic, false) as synthetic,
        coalesce(addition, false) as addition,

        ---------- place and time
        file,
        sheet,
        row,
        received_at,
        modified_at
    from named_in_manifest
)

select * from renamed
