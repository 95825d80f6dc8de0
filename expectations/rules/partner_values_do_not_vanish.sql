-- What was published of a partner's series is still there, corrected or not. What had no date may have been given one.
select
    source,
    series,
    iso3,
    period,
    'no row' as found,
    before.value as expected
from published.partner_values as before
anti join candidate.partner_values as given using (source, series, iso3, period)
where
    before.period != 'unknown'
    or not exists (
        select 1
        from candidate.partner_values as dated
        where (dated.source, dated.series, dated.iso3) = (before.source, before.series, before.iso3)
    )
