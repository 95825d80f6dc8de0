-- Behind a revision stands a file that landed for its edition, or a correction of the reference data.
with
files as (
    select edition, return_digest as digest from landing.survey
    union
    select edition, review_digest from landing.reviews
    union
    select edition, decision_digest from landing.decisions
)

select
    edition,
    vintage,
    iso3,
    dimension,
    coalesce(cause_digest, 'nothing') as found,
    if(
        class in ('method', 'reference data'),
        'a file that landed, or the digest of the reference data',
        'a file that landed for the edition'
    ) as expected
from candidate.revisions as given
where
    cause_digest is null
    or reason is null
    or (
        class not in ('method', 'reference data')
        and (given.edition, given.cause_digest) not in (select (files.edition, files.digest) from files)
    )
