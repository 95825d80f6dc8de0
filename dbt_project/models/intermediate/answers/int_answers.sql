with
resolved as (
    select * from {{ ref('int_answers_resolved') }}
),

items as (
    select * from {{ ref('int_items') }}
),

published as (
    select * from {{ ref('int_answers_published') }}
),

respondents as (
    select * from {{ ref('int_respondents') }}
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
        coalesce(published.taken_from is not null and resolved.source != 'reviewed', false) as taken_over,
        if(taken_over, 'published', resolved.source) as source,
        resolved.evidence_url,
        resolved.return_digest,
        resolved.comment,
        if(taken_over, 'published', resolved.reason) as reason,
        resolved.file,
        resolved.sheet,
        resolved.row,
        resolved.review_digest,
        resolved.review_reason,
        resolved.form_version,
        -- A published table tells of no answer who gave it: only whether the state responded at all.
        case
            when resolved.source = 'none' then null
            when resolved.reason not in ('returned', 'desk', 'reviewed_accepted') then 'reviewer'
            when published.origin = 'derived' then 'derived'
            when published.origin is null then if(resolved.claimed_by = 'returned', 'state', 'desk')
            when respondents.respondent_status = 'responded' then 'state'
            when respondents.respondent_status in ('desk_validated', 'desk_not_validated') then 'desk'
            else 'unknown'
        end as origin,
        published.taken_from
    from resolved
    inner join items using (edition, item)
    left join published using (edition, iso3, item)
    left join respondents using (edition, iso3)
)

select * exclude (taken_over) from in_points
