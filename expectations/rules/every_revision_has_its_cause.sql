-- Behind a revision stands a file that landed, or a correction of the reference data. Where nothing has landed here, that
-- there is one is all that can be said.
select
    edition,
    vintage,
    iso3,
    dimension,
    coalesce(cause_digest, 'nothing') as found,
    if(
        class in ('method', 'reference data'),
        'a file that landed, or the digest of the reference data',
        'a file that landed'
    ) as expected
from candidate.revisions
where
    cause_digest is null
    or reason is null
    or (
        class not in ('method', 'reference data')
        and exists (from papers.landed)
        and cause_digest not in (select landed.digest from papers.landed as landed)
    )
