-- All that is wrong or doubtful, while it is so: until what was sent changes or every item concerned is reviewed.
with
editions as (
    select * from {{ ref('stg_reference__editions') }}
),

kinds as (
    select * from {{ ref('stg_reference__case_kinds') }}
),

found as (
    select * from {{ ref('int_findings_gathered') }}
),

one_per_subject as (
    select
        found.edition,
        found.iso3,
        found.kind,
        found.subject,
        coalesce(found.owner, case found.collector when 'desk' then 'reviewer' end, kinds.owner) as owner,
        kinds.priority,
        found.valid_from,
        found.valid_to as ended_at,
        min(found.opened_by) as opened_by,
        min(found.closed_by) as ended_by,
        list_sort(list_distinct(list(found.item) filter (where found.item is not null))) as items,
        min(found.said) as said,
        list_sort(list_distinct(list(found.held_against))) as held_against,
        case when bool_and(found.reviewed_at is not null) then max(found.reviewed_at) end as settled_at,
        arg_max(found.review_digest, (found.reviewed_at, found.review_digest)) as settled_by
    from found
    inner join editions using (edition)
    inner join kinds using (kind)
    -- A draft goes out for every vintage, be its round followed or not.
    where editions.collection_from is not null or found.kind in ('draft', 'draft_comment')
    group by all
),

cut as (
    select
        *,
        concat_ws('-', edition, coalesce(iso3, 'none'), kind, subject) as case_id,
        least(ended_at, settled_at) as valid_to,
        case valid_to when settled_at then settled_by else ended_by end as closed_by
    from one_per_subject
)

select
    case_id,
    edition,
    iso3,
    kind,
    subject,
    owner,
    priority,
    valid_from,
    opened_by,
    valid_to,
    closed_by,
    nullif(array_to_string(items, ' '), '') as items,
    said,
    nullif(array_to_string(held_against, ' '), '') as held_against
from cut
where coalesce(valid_from < valid_to, true)
