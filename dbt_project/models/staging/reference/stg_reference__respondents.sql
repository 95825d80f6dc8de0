with
source as (
    select * from {{ ref('seed_respondents') }}
)

select
    edition,
    iso3,
    respondent_status,
    source
from source
