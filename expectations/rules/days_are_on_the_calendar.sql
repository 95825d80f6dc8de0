-- Days and moments are of the years 1 to 9999: DuckDB knows infinity and years beyond, most readers end over them.
select
    {{ keys }},
    column_name,
    value as found,
    'a day of the years 1 to 9999' as expected
from (
    select
        {{ keys }},
        unnest([{{ days }}], recursive := true)
    from candidate.{{ table }}
)
where not is_on_it
