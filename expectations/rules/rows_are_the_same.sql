-- Every row of {{ table }} is the same in {{ other }}: none is missing, none came on top, no value is another.
with
given as (
    select
        {{ keys }},
        {{ columns }}
    from candidate.{{ table }}
    where {{ held }}
),

due as (
    select
        {{ keys }},
        {{ columns }}
    from {{ other }}.{{ table }}
    where {{ held }}
),

different as (
    (from given except all from due)
    union distinct
    (from due except all from given)
),

given_cells as (
    from (
        select
            {{ keys }},
            cast(columns(* exclude ({{ keys }})) as varchar)
        from given
        semi join different using ({{ keys }})
    )
    unpivot include nulls (found for column_name in (* exclude ({{ keys }})))
),

due_cells as (
    from (
        select
            {{ keys }},
            cast(columns(* exclude ({{ keys }})) as varchar)
        from due
        semi join different using ({{ keys }})
    )
    unpivot include nulls (expected for column_name in (* exclude ({{ keys }})))
)

select
    {{ keys }},
    column_name,
    if(given_cells.column_name is null, 'no row', found) as found,
    if(due_cells.column_name is null, 'no row', expected) as expected
from given_cells
full join due_cells using ({{ keys }}, column_name)
where
    found is distinct from expected
    or given_cells.column_name is null
    or due_cells.column_name is null
