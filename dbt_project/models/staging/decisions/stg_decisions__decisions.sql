with
source as (
    select * from {{ source('landing', 'decisions') }}
),

inputs as (
    select * from {{ ref('stg_candidate__inputs') }}
    where kind = 'decisions'
),

named_in_manifest as (
    select
        source.*,
        inputs.vintage
    from source
    inner join inputs on source.decision_digest = inputs.digest and source.edition = inputs.edition
),

renamed as (
    select
        ---------- ids
        decision_digest,
        edition,
        id,
        iso3,
        answers,

        ---------- text
        kind,
        subject,
        was,
        value,
        reason,
        evidence,
        author,
        approver,

        ---------- place and time
        file,
        row,
        day,
        decided_on,
        received_at,
        vintage
    from named_in_manifest
)

select * from renamed
