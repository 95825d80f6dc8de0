-- A vintage never changes: rows of an edition whose vintage is the published one are the published ones, all columns.
with
given as (
    select
        {{ keys }},
        {{ columns }}
    from candidate.{{ table }}
    where {{ fixed }}
),

before as (
    select
        {{ keys }},
        {{ columns }}
    from published.{{ table }}
    where {{ fixed }}
),

different as (
    (from given except all from before)
    union distinct
    (from before except all from given)
),

given_cells as (
    from (select {{ keys }}, cast(columns(* exclude ({{ keys }})) as varchar) from given semi join different using ({{ keys }}))
    unpivot include nulls (found for column_name in (* exclude ({{ keys }})))
),

before_cells as (
    from (select {{ keys }}, cast(columns(* exclude ({{ keys }})) as varchar) from before semi join different using ({{ keys }}))
    unpivot include nulls (expected for column_name in (* exclude ({{ keys }})))
)

select
    {{ keys }},
    column_name,
    if(given_cells.column_name is null, 'no row', found) as found,
    if(before_cells.column_name is null, 'no row', expected) as expected
from given_cells
full join before_cells using ({{ keys }}, column_name)
where
    found is distinct from expected
    or given_cells.column_name is null
    or before_cells.column_name is null
