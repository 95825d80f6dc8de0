with
refusals as (
    select * from {{ ref('int_case_refusals') }}
),

problems as (
    select * from {{ ref('stg_collection__problems') }}
    where severity = 'error'
),

codes as (
    select
        digest,
        array_to_string(list_sort(list_distinct(list(code))), ' ') as codes
    from problems
    group by digest
),

points as (
    select
        refusals.*,
        'refused_file' as kind,
        refusals.file_subject as subject,
        cast(null as varchar) as item,
        codes.codes as held_against
    from refusals
    left join codes using (digest)
    union all
    select
        refusals.*,
        'answer_in_two_ways' as kind,
        problems.item as subject,
        problems.item,
        'row ' || problems.row as held_against
    from refusals
    inner join problems using (digest)
    where problems.code = 'item_twice' and problems.item is not null and refusals.iso3 is not null
)

select
    edition,
    iso3,
    kind,
    subject,
    item,
    collector,
    received_at as valid_from,
    digest as opened_by,
    accepted_at as valid_to,
    accepted_digest as closed_by,
    file as said,
    held_against,
    case sort when 'reviews' then 'reviewer' when 'file' then 'data_engineer' end as owner
from points
