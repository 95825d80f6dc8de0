-- A refused file may not say of which edition it is; the folder that it lay in does.
with
source as (
    select * from {{ source('collection', 'receipts') }}
),

renamed as (
    select
        ---------- ids
        digest,
        kind,
        coalesce(edition, place) as edition,
        iso3,
        coalesce(collector, 'state') as collector,

        ---------- text
        file,
        lower(regexp_extract(file, '[.]([A-Za-z0-9]+)$', 1)) as form,
        verdict,
        language,
        form_version,
        synthetic,
        report,
        problems,

        ---------- time
        received_at,
        modified_at
    from source
    where kind in ('survey', 'reviews')
)

select * from renamed
