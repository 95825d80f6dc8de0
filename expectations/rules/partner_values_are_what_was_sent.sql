-- Each partner value stands in the file that it names. A file alone may come from elsewhere: a partner is held against
-- the landing zone here where this has one of the files that the file under test names for it.
with
known_here as (
    select distinct source
    from candidate.partner_values
    where landing_digest in (select landed.landing_digest from landing.partners as landed)
)

select
    source,
    series,
    iso3,
    period,
    given.value as found,
    coalesce(string_agg(sent.value::varchar, ' or ' order by sent.row), 'no such row in the file') as expected
from candidate.partner_values as given
left join landing.partners as sent using (landing_digest, source, series, iso3, period)
where given.source in (select known.source from known_here as known)
group by all
having
    not coalesce(
        bool_or(
            (given.value, given.unit, given.obs_status, given.retrieved_on)
            is not distinct from (sent.value, sent.unit, sent.obs_status, sent.retrieved_on)
        ),
        false
    )
