-- Each return says what landed of it. A file alone may come from elsewhere: only returns that lie here can be held.
with
landed as (
    select
        return_digest,
        edition,
        iso3,
        collector,
        min(file) as file,
        min(received_at) as received_at,
        min(modified_at) as modified_at,
        bool_or(coalesce(synthetic, false)) as synthetic,
        bool_or(coalesce(addition, false)) as addition,
        count(answer)::integer as answered
    from landing.survey
    group by all
)

select
    return_digest,
    given.edition,
    given.iso3,
    given.collector,
    concat_ws(
        ', ', given.edition, given.iso3, given.collector, given.file, given.received_at, given.modified_at,
        given.answered, given.synthetic, given.addition
    ) as found,
    string_agg(
        concat_ws(
            ', ', landed.edition, landed.iso3, landed.collector, landed.file, landed.received_at, landed.modified_at,
            landed.answered, landed.synthetic, landed.addition
        ),
        ' or '
    ) as expected
from candidate.returns_received as given
inner join landed using (return_digest)
group by all
having not bool_or(
    (given.edition, given.iso3, given.collector, given.file, given.received_at, given.modified_at,
        given.answered, given.synthetic, given.addition)
    is not distinct from
    (landed.edition, landed.iso3, landed.collector, landed.file, landed.received_at, landed.modified_at,
        landed.answered, landed.synthetic, landed.addition)
)
