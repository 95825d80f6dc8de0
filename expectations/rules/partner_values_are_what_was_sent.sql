-- Each partner value stands in the file that it names, wherever that file has landed here.
select
    source,
    series,
    iso3,
    period,
    given.value as found,
    coalesce(string_agg(sent.value::varchar, ' or ' order by sent.row), 'no such row in the file') as expected
from candidate.partner_values as given
left join landing.partners as sent using (landing_digest, source, series, iso3, period)
where given.landing_digest in (select landed.landing_digest from landing.partners as landed)
group by all
having
    not coalesce(
        bool_or(
            (given.value, given.unit, given.obs_status, given.retrieved_on)
            is not distinct from (sent.value, sent.unit, sent.obs_status, sent.retrieved_on)
        ),
        false
    )
