-- Whoever reads a table without asking for an order gets it in the order of its key, and none was taken out or put in.
select
    {{ keys }},
    'row ' || given as found,
    'row ' || due as expected
from (
    select
        {{ keys }},
        rowid + 1 as given,
        row_number() over (order by {{ order }}) as due
    from candidate.{{ table }}
)
where given != due
