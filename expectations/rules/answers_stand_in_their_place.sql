-- The pillar and indicator of an answer are those of its item in the edition's framework.
select
    edition,
    iso3,
    item,
    'indicator' as column_name,
    given.pillar || ', ' || given.indicator as found,
    due.pillar || ', ' || due.indicator as expected
from candidate.answers as given
inner join recomputed.items as due using (edition, item)
where (given.pillar, given.indicator) is distinct from (due.pillar, due.indicator)
