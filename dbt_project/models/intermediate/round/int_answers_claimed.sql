-- What is claimed of an item before anyone has reviewed it: by the state, else by desk research.
with
answers as (
    select * from {{ ref('int_answers_together') }}
),

returns_counted as (
    select * from {{ ref('int_returns_counted') }}
),

claims as (
    select
        answers.edition,
        answers.iso3,
        answers.item,
        answers.answer,
        answers.evidence_url,
        answers.comment,
        answers.return_digest,
        answers.form_version,
        answers.file,
        answers.sheet,
        answers.row,
        case answers.collector when 'state' then 'returned' else 'desk' end as claimed_by
    from answers
    inner join returns_counted
        on answers.as_of = returns_counted.return_digest
        and answers.edition = returns_counted.edition
        and answers.iso3 = returns_counted.iso3
        and answers.collector = returns_counted.collector
    where answers.answer is not null
),

first_claims as (
    select * from claims
    qualify row_number() over (
        partition by edition, iso3, item
        order by case claimed_by when 'returned' then 1 else 2 end, row
    ) = 1
)

select * from first_claims
