-- The review worklist has the states for which a cross-check holds, with both sides' values, and no others.
with
partner as (
    select
        checks.check_code,
        editions.edition,
        sent.iso3,
        max_by(sent, (left(sent.period, 4), sent.period)) as counts
    from seeds.cross_checks as checks
    inner join candidate.partner_values as sent using (source, series)
    cross join recomputed.editions as editions
    where
        sent.value is not null
        and sent.period != 'unknown'
        and (checks.partner_period != 'same' or try_cast(left(sent.period, 4) as integer) = editions.reference_year)
        and (checks.partner_period != 'up_to' or try_cast(left(sent.period, 4) as integer) <= editions.reference_year)
    group by all
),

sides as (
    select
        checks.*,
        survey.edition,
        survey.iso3,
        survey.item,
        survey.value as survey_value,
        partner.counts['period'] as period_found,
        partner.counts['value'] as partner_value,
        partner.counts['retrieved_on'] as retrieved_on,
        partner.counts['landing_digest'] as landing_digest
    from seeds.cross_checks as checks
    inner join recomputed.survey as survey using (subject, about)
    left join partner using (check_code, edition, iso3)
    where (checks.check_code, survey.edition) in (select (heard.check_code, heard.edition) from partner as heard)
),

due as (
    select *
    from sides
    where
        (
            survey_comparison = 'any'
            or (survey_comparison = 'above' and survey_value > survey_threshold::double)
            or (survey_comparison = 'at_least' and survey_value >= survey_threshold::double)
            or (survey_comparison = 'at_most' and survey_value <= survey_threshold::double)
            or (survey_comparison = 'below' and survey_value < survey_threshold::double)
        )
        and (
            (partner_comparison = 'above' and partner_value > partner_threshold::double)
            or (partner_comparison = 'at_least' and partner_value >= partner_threshold::double)
            or (partner_comparison = 'at_most' and partner_value <= partner_threshold::double)
            or (partner_comparison = 'below' and partner_value < partner_threshold::double)
            or (partner_comparison = 'differs' and abs(partner_value - survey_value) > partner_threshold::double)
            or (
                partner_comparison = 'not_listed'
                and (partner_value is null or partner_value < partner_threshold::double)
            )
        )
)

select
    edition,
    iso3,
    check_code,
    if(
        given.edition is null,
        'no row',
        concat_ws(' ', given.item, given.survey_value, given.partner_period, given.partner_value, given.landing_digest)
    ) as found,
    if(
        due.edition is null,
        'no row',
        concat_ws(' ', due.item, due.survey_value, due.period_found, due.partner_value, due.landing_digest)
    ) as expected
from due
full join candidate.review_worklist as given using (edition, iso3, check_code)
where
    given.edition is null
    or due.edition is null
    or not is_score(given.survey_value, due.survey_value)
    or (given.item, given.partner_period, given.partner_value, given.retrieved_on, given.landing_digest)
    is distinct from (due.item, due.period_found, due.partner_value, due.retrieved_on, due.landing_digest)
