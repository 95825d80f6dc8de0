-- All answers taken from one return belong to one state of one edition.
select
    return_digest,
    string_agg(distinct edition || ' ' || iso3, ', ' order by edition || ' ' || iso3) as found,
    'one state of one edition' as expected
from candidate.answers
where return_digest is not null
group by return_digest
having count(distinct (edition, iso3)) > 1
