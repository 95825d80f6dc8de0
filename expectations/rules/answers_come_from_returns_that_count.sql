-- An answer is taken from a return that is listed and counts.
select
    edition,
    iso3,
    return_digest,
    coalesce(string_agg(distinct received.standing, ', '), 'not listed') as found,
    'counted' as expected
from candidate.answers as answers
left join candidate.returns_received as received using (edition, iso3, return_digest)
where return_digest is not null
group by edition, iso3, return_digest
having not coalesce(bool_or(received.standing = 'counted'), false)
