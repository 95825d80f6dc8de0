-- A release says how many known errors its edition has; checked for the vintages that the file holds.
select
    edition,
    vintage,
    released.known_errors as found,
    (
        select count(*) from candidate.reconciliation as held
        where held.edition = released.edition and held.correction_id is not null and held.source = 'data360'
    ) as expected
from candidate.releases as released
inner join candidate.editions using (edition, vintage)
where found is distinct from expected
