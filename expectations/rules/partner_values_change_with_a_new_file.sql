-- A partner's value is another one than published before only where it comes from another file.
select
    source,
    series,
    iso3,
    period,
    given.value as found,
    before.value as expected
from candidate.partner_values as given
inner join published.partner_values as before using (source, series, iso3, period)
where
    given.landing_digest = before.landing_digest
    and (given.value, given.unit, given.obs_status, given.retrieved_on)
    is distinct from (before.value, before.unit, before.obs_status, before.retrieved_on)
