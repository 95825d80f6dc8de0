-- The answer that counts: reviewed > returned > desk > none, of the returns that count and the newest verdict, unless the
-- answer or its evidence has changed since that was given; and why it counts.
with
received as (
    select
        edition,
        iso3,
        collector,
        return_digest,
        landed.item,
        landed.row,
        landed.answer,
        landed.evidence_url,
        given.addition,
        given.standing,
        (landed.received_at, landed.modified_at, return_digest) as place
    from candidate.returns_received as given
    inner join landing.survey as landed using (edition, iso3, collector, return_digest)
    where given.standing not in ('late', 'left')
),

sent as (
    select distinct
        edition,
        iso3,
        collector,
        place,
        addition,
        standing = 'withdrawn' as withdrawn
    from received
),

given as (
    select
        edition,
        iso3,
        item,
        {'source': if(collector = 'state', 'returned', 'desk'), 'said': (answer, evidence_url), 'digest': return_digest}
            as taken
    from received
    where standing = 'counted' and answer is not null
    qualify row_number() over (partition by edition, iso3, item order by collector != 'state', place desc, row) = 1
),

newest as (
    select
        edition,
        iso3,
        item,
        arg_max(landed, (coalesce(reviewed_on, date '0001-01-01'), received_at, review_digest)) as review
    from landing.reviews as landed
    inner join (select digest as review_digest, edition from run.inputs where kind = 'reviews') as named
        using (review_digest, edition)
    group by edition, iso3, item
),

moments as (
    select
        newest.*,
        greatest(
            (
                select min(received.place[1])
                from received
                where (received.edition, received.iso3) = (newest.edition, newest.iso3)
            ),
            least(review.received_at, (review.reviewed_on + 1)::timestamp - interval 1 microsecond)
        ) as moment
    from newest
),

-- The last return of each sender by then and, where it is an addition, those before it back to a whole one; of these the
-- newest answer to the item.
last_ones as (
    select
        moments.edition,
        moments.iso3,
        moments.item,
        sent.collector,
        max(sent.place) as place,
        arg_max(sent.withdrawn, sent.place) as withdrawn
    from moments
    inner join sent on (sent.edition, sent.iso3) = (moments.edition, moments.iso3) and sent.place[1] <= moments.moment
    group by all
),

begun as (
    select
        last_ones.*,
        (
            select max(sent.place)
            from sent
            where
                (sent.edition, sent.iso3, sent.collector, sent.withdrawn)
                = (last_ones.edition, last_ones.iso3, last_ones.collector, last_ones.withdrawn)
                and not sent.addition
                and sent.place <= last_ones.place
        ) as first_place
    from last_ones
),

judged as (
    select
        edition,
        iso3,
        item,
        (received.answer, received.evidence_url) as said
    from begun
    inner join received using (edition, iso3, item, collector)
    where
        received.answer is not null
        and received.place <= begun.place
        and (begun.first_place is null or received.place >= begun.first_place)
        and (received.standing = 'withdrawn') = begun.withdrawn
    qualify row_number() over (
        partition by edition, iso3, item order by collector != 'state', received.place desc, received.row
    ) = 1
),

due as (
    select
        edition,
        iso3,
        item,
        given.taken.digest as return_digest,
        not (
            moments.review is null
            or given.taken.said is distinct from judged.said
            or (given.taken is null and moments.review.verdict != 'changed')
        ) as is_reviewed,
        if(is_reviewed, moments.review.review_digest, null) as review_digest,
        if(is_reviewed, 'reviewed', coalesce(given.taken.source, 'none')) as source,
        case
            when not is_reviewed then source
            when
                moments.review.verdict = 'accepted'
                and given.taken.said[1] in ('yes', 'partial')
                and regexp_replace(coalesce(given.taken.said[2], ''), '\s', '', 'g') = ''
                and (edition, item) in (
                    select (asked.edition, asked.node) from seeds.framework as asked
                    where asked.evidence_required = 'true'
                )
                then 'reviewed_no_evidence'
            else 'reviewed_' || moments.review.verdict
        end as reason
    from recomputed.answers
    left join given using (edition, iso3, item)
    left join moments using (edition, iso3, item)
    left join judged using (edition, iso3, item)
)

-- What is taken over from a published table says so in place of who sent it (answers_say_who_gave_them).
select
    edition,
    iso3,
    item,
    concat_ws(', ', held.reason, held.return_digest, held.review_digest) as found,
    concat_ws(
        ', ',
        if(held.source = 'published' and due.reason in ('returned', 'desk'), 'published', due.reason),
        due.return_digest,
        due.review_digest
    ) as expected
from due
inner join candidate.answers as held using (edition, iso3, item)
where found is distinct from expected
