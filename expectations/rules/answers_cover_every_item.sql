-- Every member state × item of an edition has its row in answers, and nothing else has one.
select
    edition,
    iso3,
    item,
    if(given.edition is null, 'no row', 'a row') as found,
    if(given.item is null, 'a row', 'no row: no member state or no item of the edition') as expected
from recomputed.answers as due
full join candidate.answers as given using (edition, iso3, item)
where due.item is null or given.item is null
