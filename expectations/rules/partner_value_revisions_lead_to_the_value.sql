-- A revision is a change; the newest one of a value ends at the value that counts; the difference is what it says.
select
    source,
    series,
    iso3,
    period,
    given.landing_digest,
    concat_ws(' ', given.previous_value, given.value, given.change) as found,
    coalesce('the value that counts: ' || counts.value, 'two values that differ, and their difference') as expected
from candidate.partner_value_revisions as given
left join candidate.partner_values as counts using (source, series, iso3, period)
where
    given.value is not distinct from given.previous_value
    or given.change is distinct from given.value - given.previous_value
    or given.previous_digest = given.landing_digest
    or counts.source is null
    or (counts.landing_digest = given.landing_digest and counts.value is distinct from given.value)
