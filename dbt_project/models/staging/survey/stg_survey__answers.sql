with
source as (
    select * from {{ source('landing', 'survey') }}
),

inputs as (
    select * from {{ ref('stg_candidate__inputs') }}
    where kind = 'survey'
),

named_in_manifest as (
    select source.*
    from source
    inner join inputs on source.return_digest = inputs.digest and source.edition = inputs.edition
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

        ---------- place and time
        file,
        sheet,
        row,
        received_at,
        modified_at
    from named_in_manifest
)

select * from renamed
