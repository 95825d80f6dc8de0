-- Of each partner's value the newest that landed, for every state and period, and nothing else.
with
due as (
    select
        source,
        series,
        iso3,
        period,
        arg_max(landing_digest, (received_at, modified_at, landing_digest)) as landing_digest
    from landing.partners
    inner join (select distinct digest as landing_digest from run.inputs where kind = 'partners') as named
        using (landing_digest)
    where iso3 is not null
    group by source, series, iso3, period
)

select
    source,
    series,
    iso3,
    period,
    if(given.source is null, 'no row', given.landing_digest) as found,
    if(due.source is null, 'no row', due.landing_digest) as expected
from due
full join candidate.partner_values as given using (source, series, iso3, period)
where found is distinct from expected
