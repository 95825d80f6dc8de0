-- In a new vintage an answer is another one only where another return or review stands behind it.
select
    edition,
    iso3,
    item,
    coalesce(given.answer::varchar, 'null') || ' (' || given.reason || ')' as found,
    coalesce(before.answer::varchar, 'null') || ' (' || before.reason || ')' as expected
from candidate.answers as given
inner join published.answers as before using (edition, iso3, item)
where
    given.return_digest is not distinct from before.return_digest
    and given.review_digest is not distinct from before.review_digest
    and (given.answer, given.source, given.reason, given.evidence_url, given.comment, given.file, given.row)
    is distinct from
    (before.answer, before.source, before.reason, before.evidence_url, before.comment, before.file, before.row)
