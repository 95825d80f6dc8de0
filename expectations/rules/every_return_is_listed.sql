-- Everything that landed of the candidate's inputs is listed, and nothing else.
with
landed as (
    select distinct
        edition,
        iso3,
        collector,
        return_digest,
        'landed' as state
    from landing.survey
    inner join (select digest as return_digest, edition from run.inputs where kind = 'survey') as named
        using (return_digest, edition)
)

select
    edition,
    iso3,
    collector,
    return_digest,
    coalesce(given.standing, 'not listed') as found,
    if(landed.state is null, 'not listed: it has not landed', 'listed') as expected
from landed
full join candidate.returns_received as given using (edition, iso3, collector, return_digest)
where landed.state is null or given.standing is null
