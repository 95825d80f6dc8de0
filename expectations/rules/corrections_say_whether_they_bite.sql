-- `bites` is true where a difference is explained by the entry, and nowhere else.
select
    id,
    bites as found,
    id in (
        select explained.correction_id from candidate.reconciliation as explained
        where explained.correction_id is not null
    ) as expected
from candidate.corrections
where found is distinct from expected
