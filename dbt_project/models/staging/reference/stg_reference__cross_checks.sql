with
source as (
    select * from {{ ref('seed_cross_checks') }}
)

select
    check_code,
    severity,
    subject,
    about,
    survey_comparison,
    survey_threshold,
    source,
    series,
    partner_comparison,
    partner_threshold,
    partner_period,
    question_en
from source
