with
corrections as (
    select * from {{ ref('stg_reference__corrections') }}
),

reconciliation as (
    select * from {{ ref('reconciliation') }}
),

with_bite as (
    select
        corrections.id,
        corrections.edition,
        corrections.iso3,
        corrections.dimension,
        corrections.published,
        corrections.corrected,
        corrections.what_is_wrong,
        corrections.reason,
        corrections.evidence,
        corrections.reported_to,
        corrections.status,
        corrections.author,
        corrections.approver,
        corrections.recorded_on,
        reconciliation.correction_id is not null as bites
    from corrections
    left join reconciliation on corrections.id = reconciliation.correction_id
)

select * from with_bite
