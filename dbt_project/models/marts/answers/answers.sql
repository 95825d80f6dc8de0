with
resolved as (
    select * from {{ ref('int_answers_resolved') }}
),

items as (
    select * from {{ ref('int_items') }}
),

in_points as (
    select
        resolved.edition,
        resolved.iso3,
        resolved.item,
        items.pillar,
        items.indicator,
        resolved.answer,
        round(items.weight_of_indicator * items.weight_in_indicator * resolved.answer, 12) as points,
        resolved.source,
        resolved.evidence_url,
        resolved.return_digest,
        resolved.comment,
        resolved.reason,
        resolved.file,
        resolved.row,
        resolved.review_digest,
        resolved.review_reason,
        resolved.form_version
    from resolved
    inner join items using (edition, item)
)

select * from in_points
