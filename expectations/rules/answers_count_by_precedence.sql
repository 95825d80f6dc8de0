-- The answer that counts: reviewed > returned > desk > none, of the newest return of each sender and the newest review.
with
senders as (
    select
        edition,
        iso3,
        collector,
        arg_max(return_digest, (received_at, modified_at, return_digest)) as return_digest
    from landing.survey
    inner join (select digest as return_digest, edition from run.inputs where kind = 'survey') as named
        using (return_digest, edition)
    group by edition, iso3, collector
),

given as (
    select
        edition,
        iso3,
        item,
        arg_min((return_digest, if(collector = 'state', 'returned', 'desk')), (collector != 'state', row)) as taken
    from landing.survey
    inner join senders using (edition, iso3, collector, return_digest)
    where answer is not null
    group by edition, iso3, item
),

reviews as (
    select
        edition,
        iso3,
        item,
        arg_max(
            (review_digest, verdict), (coalesce(reviewed_on, date '0001-01-01'), received_at, review_digest)
        ) as verdict
    from landing.reviews
    inner join (select digest as review_digest, edition from run.inputs where kind = 'reviews') as named
        using (review_digest, edition)
    group by edition, iso3, item
),

due as (
    select
        edition,
        iso3,
        item,
        taken[1] as return_digest,
        verdict[1] as review_digest,
        case
            when taken is null and verdict[2] is distinct from 'changed' then 'none'
            when verdict is not null then 'reviewed'
            else taken[2]
        end as source
    from recomputed.answers
    left join given using (edition, iso3, item)
    left join reviews using (edition, iso3, item)
)

select
    edition,
    iso3,
    item,
    concat_ws(', ', held.source, held.return_digest, held.review_digest) as found,
    concat_ws(', ', due.source, due.return_digest, due.review_digest) as expected
from due
inner join candidate.answers as held using (edition, iso3, item)
where found is distinct from expected
