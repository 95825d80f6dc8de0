-- The file of pairs is what the audit made anew counts in its draws; a candidate has one.
with
given as (
    select
        pairs.edition,
        pairs.iso3,
        count(*) as pairs,
        sum(hash(pairs.other, pairs.probability, pairs.tied)::hugeint) as digest
    from drawn.pairs as pairs
    inner join recomputed.editions as editions using (edition, vintage)
    where pairs.edition in (from audited.editions)
    group by pairs.edition, pairs.iso3
),

due as (
    select
        edition,
        iso3,
        count(*) as pairs,
        sum(hash(other, probability, tied)::hugeint) as digest
    from audited.pairs
    where
        edition in (select given.edition from given)
        or edition in (select subject.edition from run.subject as subject)
    group by edition, iso3
)

select
    edition,
    iso3,
    coalesce(given.pairs || ' pairs, digest ' || given.digest, 'no pairs') as found,
    coalesce(due.pairs || ' pairs, digest ' || due.digest, 'no pairs') as expected
from given
full join due using (edition, iso3)
where (given.pairs, given.digest) is distinct from (due.pairs, due.digest)
