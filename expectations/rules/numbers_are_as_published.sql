-- Every number of a table is finite and the one that its decimals make of it; a zero has no sign, and nothing that is
-- too small for a double's full precision stands for one.
select
    {{ keys }},
    column_name,
    value::varchar as found,
    if(isfinite(value), (round(value, coalesce(decimals, 12)) + 0)::varchar, 'a finite number') as expected
from (
    select
        {{ keys }},
        unnest([{{ numbers }}], recursive := true)
    from candidate.{{ table }}
)
where
    not isfinite(value)
    or (value = 0 and signbit(value))
    or (value != 0 and abs(value) < 2.2250738585072014e-308)
    or value != round(value, decimals)
