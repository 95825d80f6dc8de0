-- Both values of a revision stand in the files that it names, wherever files of the partner have landed here; and the
-- later file came later.
with
sent as (
    select
        landing_digest,
        source,
        series,
        iso3,
        period,
        max(row) as last_row,
        arg_max({'is': value}, row)['is'] as value,
        arg_max({'is': retrieved_on}, row)['is'] as retrieved_on,
        max(received_at) as received_at
    from landing.partners
    where iso3 is not null
    group by landing_digest, source, series, iso3, period
),

decimals as (
    select
        given.*,
        length(split_part(given.value::varchar, '.', 2))::integer as now,
        length(split_part(given.previous_value::varchar, '.', 2))::integer as before
    from candidate.partner_value_revisions as given
)

select
    source,
    series,
    iso3,
    period,
    given.landing_digest,
    concat_ws(' ', given.previous_value, given.value, given.change, given.only_rounded, given.retrieved_on) as found,
    concat_ws(' ', earlier.value, later.value, later.value - earlier.value, later.retrieved_on) as expected
from decimals as given
left join sent as later using (landing_digest, source, series, iso3, period)
left join sent as earlier
    on earlier.landing_digest = given.previous_digest
    and (earlier.source, earlier.series, earlier.iso3, earlier.period)
    = (given.source, given.series, given.iso3, given.period)
where
    exists (from landing.partners)
    and (
        later.source is null
        or earlier.source is null
        or earlier.received_at > later.received_at
        or (given.previous_value, given.value, given.retrieved_on)
        is distinct from (earlier.value, later.value, later.retrieved_on)
        or given.value is not distinct from given.previous_value
        or given.change is distinct from given.value - given.previous_value
        or given.only_rounded != coalesce(
            given.now != given.before
            and round(given.value, least(given.now, given.before))
            = round(given.previous_value, least(given.now, given.before)),
            false
        )
    )
