-- A partner's file gives one value for a series, state and period: of two different ones neither can be taken.
select
    landing_digest,
    source,
    series,
    iso3,
    period,
    string_agg(distinct value::varchar, ', ' order by value::varchar) as found,
    'one value' as expected
from landing.partners
where iso3 is not null
group by landing_digest, source, series, iso3, period
having count(distinct coalesce(value::varchar, 'none')) > 1
