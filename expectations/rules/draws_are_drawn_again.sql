-- The file of draws is what the answers, the weights and the seed give; a candidate has one.
with
given as (
    select
        draws.edition,
        draws.iso3,
        count(*) as draws,
        sum(hash(draws.draw, draws.score, draws.tier)::hugeint) as digest
    from drawn.draws as draws
    inner join recomputed.editions as editions using (edition, vintage)
    where draws.edition in (from audited.editions)
    group by draws.edition, draws.iso3
),

due as (
    select
        edition,
        iso3,
        count(*) as draws,
        sum(hash(draw, score, tier)::hugeint) as digest
    from audited.draws
    where
        edition in (select given.edition from given)
        or edition in (select subject.edition from run.subject as subject)
    group by edition, iso3
)

select
    edition,
    iso3,
    coalesce(given.draws || ' draws, digest ' || given.digest, 'no draws') as found,
    coalesce(due.draws || ' draws, digest ' || due.digest, 'no draws') as expected
from given
full join due using (edition, iso3)
where (given.draws, given.digest) is distinct from (due.draws, due.digest)
