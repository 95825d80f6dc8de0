with
source as (
    select * from {{ source('collection', 'letters') }}
),

one_row_per_case as (
    select
        letter,
        edition,
        iso3,
        language,
        sent_at,
        unnest(cases) as asked_about
    from source
)

select
    letter,
    edition,
    iso3,
    language,
    sent_at,
    asked_about.case_id,
    asked_about.kind,
    asked_about.subject
from one_row_per_case
