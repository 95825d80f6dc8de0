-- Questions for reviewers, never corrections: no score reads this table or any partner's value.
with
checks as (
    select * from {{ ref('stg_reference__cross_checks') }}
),

survey_side as (
    select * from {{ ref('int_survey_side') }}
),

partner_side as (
    select * from {{ ref('int_partner_side') }}
),

member_states as (
    select * from {{ ref('member_states') }}
),

-- A list that has not been received says nothing about those who are not on it.
received as (
    select distinct
        check_code,
        edition
    from partner_side
),

held_against as (
    select
        survey_side.edition,
        survey_side.iso3,
        survey_side.check_code,
        member_states.name_en as member_state,
        checks.severity,
        survey_side.code as item,
        survey_side.value as survey_value,
        checks.source,
        checks.series,
        partner_side.period as partner_period,
        partner_side.value as partner_value,
        partner_side.retrieved_on,
        partner_side.landing_digest,
        checks.question_en
    from survey_side
    inner join checks using (check_code)
    inner join received using (check_code, edition)
    inner join member_states using (iso3)
    left join partner_side using (check_code, edition, iso3)
    where
        {{ partner_contradicts(
            'checks.partner_comparison', 'partner_side.value', 'checks.partner_threshold', 'survey_side.value'
        ) }}
)

select
    *,
    {{ is_synthetic('edition') }} as synthetic
from held_against
