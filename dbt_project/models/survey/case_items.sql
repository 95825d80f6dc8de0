-- Where a focal point finds the items of a case in its return.
with
cases as (
    select
        case_id,
        edition,
        iso3,
        unnest(string_split(items, ' ')) as item
    from {{ ref('int_cases') }}
    where state != 'closed' and items is not null
),

answers as (
    select * from {{ ref('int_case_answers') }}
    where valid_to is null
    qualify row_number() over (partition by edition, iso3, item order by collector desc, return_digest desc) = 1
),

placed as (
    select
        cases.case_id,
        cases.item,
        cases.edition,
        cases.iso3,
        answers.answer,
        answers.evidence_url,
        answers.comment,
        answers.file,
        answers.sheet,
        answers.row
    from cases
    left join answers using (edition, iso3, item)
)

select * from placed
