-- The review worklist has the states for which a cross-check holds, with both sides' values, and no others.
with
partner as (
    select
        checks.check_code,
        editions.edition,
        sent.iso3,
        max_by(sent.value, (left(sent.period, 4), sent.period)) as value
    from seeds.cross_checks as checks
    inner join candidate.partner_values as sent using (source, series)
    cross join recomputed.editions as editions
    where
        sent.value is not null
        and (checks.partner_period != 'same' or left(sent.period, 4)::integer = editions.reference_year)
        and (checks.partner_period != 'up_to' or left(sent.period, 4)::integer <= editions.reference_year)
    group by all
),

sides as (
    select
        checks.*,
        survey.edition,
        survey.iso3,
        survey.value as survey_value,
        partner.value as partner_value
    from seeds.cross_checks as checks
    inner join recomputed.survey as survey using (subject, about)
    left join partner using (check_code, edition, iso3)
    where (checks.check_code, survey.edition) in (select (heard.check_code, heard.edition) from partner as heard)
),

due as (
    select
        edition,
        iso3,
        check_code,
        survey_value,
        partner_value
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
    if(given.edition is null, 'no row', concat_ws(' against ', given.survey_value, given.partner_value)) as found,
    if(due.edition is null, 'no row', concat_ws(' against ', due.survey_value, due.partner_value)) as expected
from due
full join candidate.review_worklist as given using (edition, iso3, check_code)
where
    given.edition is null
    or due.edition is null
    or not near_score(given.survey_value, due.survey_value)
    or given.partner_value is distinct from due.partner_value
