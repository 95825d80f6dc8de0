-- States for which a cross-check has a question, if the partner's side of it holds as well.
with
checks as (
    select * from {{ ref('stg_reference__cross_checks') }}
),

survey_values as (
    select * from {{ ref('int_survey_values') }}
),

side as (
    select
        checks.check_code,
        survey_values.edition,
        survey_values.iso3,
        survey_values.code,
        survey_values.value
    from checks
    inner join survey_values using (subject, about)
    where {{ compares('survey_values.value', 'checks.survey_comparison', 'checks.survey_threshold') }}
)

select * from side
