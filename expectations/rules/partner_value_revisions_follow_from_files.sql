-- A revision is reported for every value that is another than in the partner's file before, and for no other.
with
files as (
    select
        landing_digest,
        source,
        series,
        iso3,
        period,
        arg_max({'is': sent.value}, sent.row) as whole,
        max(sent.received_at) as received_at,
        max(sent.modified_at) as modified_at
    from landing.partners as sent
    inner join (select distinct digest as landing_digest from run.inputs where kind = 'partners') as inputs
        using (landing_digest)
    where iso3 is not null
    group by landing_digest, source, series, iso3, period
),

-- Of the files that came before, the last one.
pairs as (
    select
        source,
        series,
        iso3,
        period,
        later.landing_digest,
        later.whole['is'] as value,
        arg_max(
            {'digest': earlier.landing_digest, 'value': earlier.whole['is']},
            (earlier.received_at, earlier.modified_at, earlier.landing_digest)
        ) as previous
    from files as later
    inner join files as earlier using (source, series, iso3, period)
    where
        (earlier.received_at, earlier.modified_at, earlier.landing_digest)
        < (later.received_at, later.modified_at, later.landing_digest)
    group by all
),

due as (
    select
        * exclude (previous),
        previous['digest'] as previous_digest,
        previous['value'] as previous_value
    from pairs
    where value is distinct from previous['value']
)

select
    source,
    series,
    iso3,
    period,
    landing_digest,
    if(given.source is null, 'no row', concat_ws(' after ', given.value, given.previous_value)) as found,
    if(due.source is null, 'no row', concat_ws(' after ', due.value, due.previous_value)) as expected
from due
full join candidate.partner_value_revisions as given using (source, series, iso3, period, landing_digest)
where
    (given.source, given.previous_digest, given.previous_value, given.value)
    is distinct from (due.source, due.previous_digest, due.previous_value, due.value)
