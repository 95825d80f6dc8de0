-- Cross-checks with partners (seed cross_checks), for as long as return and partner's file both said what they said.
-- Those on pillars and the overall score are about the index team's own figures: review_worklist has them.
with
scores as (
    select * from {{ ref('int_case_scores') }}
),

answers as (
    select * from {{ ref('int_case_answers') }}
),

checks as (
    select * from {{ ref('stg_reference__cross_checks') }}
    where subject = 'concept'
),

moments as (
    select
        *,
        known_from as valid_from,
        known_to as valid_to,
        known_by as return_digest,
        replaced_by as closed_by
    from {{ ref('int_partner_moments') }}
),

sides as (
    select * from {{ ref('int_partner_value_as_of') }}
),

-- A list that has not been received says nothing about those who are not on it.
received as (
    select distinct
        check_code,
        edition,
        known_from
    from sides
),

held_against as (
    select
        scores.edition,
        scores.iso3,
        scores.indicator,
        scores.collector,
        scores.return_digest,
        checks.check_code as subject,
        {{ interval_overlap('scores', 'moments') }},
        format('{:.2f}', scores.score) as said,
        checks.source as held_against
    from scores
    inner join checks on scores.concept = checks.about
    inner join moments using (source, series)
    inner join received using (check_code, edition, known_from)
    left join sides using (check_code, edition, known_from, iso3)
    where
        {{ compares('scores.score', 'checks.survey_comparison', 'checks.survey_threshold') }}
        and {{ partner_contradicts(
            'checks.partner_comparison', 'sides.value', 'checks.partner_threshold', 'scores.score'
        ) }}
),

item_by_item as (
    select
        held_against.* exclude (return_digest, indicator),
        'partner_contradiction' as kind,
        answers.item,
        answers.reviewed_at,
        answers.review_digest
    from held_against
    inner join answers using (edition, iso3, indicator, return_digest, collector)
)

select * from item_by_item
where coalesce(valid_from < valid_to, true)
