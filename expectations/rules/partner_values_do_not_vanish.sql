-- What was published of a partner's series is still there, corrected or not.
select
    source,
    series,
    iso3,
    period,
    'no row' as found,
    before.value as expected
from published.partner_values as before
anti join candidate.partner_values as given using (source, series, iso3, period)
