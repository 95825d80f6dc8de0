-- A revision is a change of a value that is there, and what it says of the change is so.
select
    source,
    series,
    iso3,
    period,
    given.landing_digest,
    concat_ws(' ', given.previous_value, given.value, given.change) as found,
    'a value that counts, two values that differ, and their difference' as expected
from candidate.partner_value_revisions as given
left join candidate.partner_values as counts using (source, series, iso3, period)
where
    counts.source is null
    or given.value is not distinct from given.previous_value
    or given.change is distinct from given.value - given.previous_value
    or (counts.landing_digest = given.landing_digest and counts.value is distinct from given.value)
