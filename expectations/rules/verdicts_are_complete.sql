-- A changed answer comes with the new answer and a reason; the other verdicts bring no answer of their own.
select
    review_digest,
    edition,
    iso3,
    item,
    concat_ws(
        ', ',
        verdict,
        if(answer is null, 'no answer', 'an answer'),
        if(trim(coalesce(reason, '')) = '', 'no reason', 'a reason')
    ) as found,
    if(verdict = 'changed', 'changed, an answer, a reason', verdict || ', no answer') as expected
from landing.reviews
where
    (verdict = 'changed' and (answer is null or trim(coalesce(reason, '')) = ''))
    or (verdict != 'changed' and answer is not null)
