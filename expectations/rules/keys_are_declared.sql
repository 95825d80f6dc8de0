-- Every table declares its key to DuckDB.
select
    table_name,
    coalesce(array_to_string(given.constraint_column_names, ', '), 'no key') as found,
    declared.key as expected
from suite.tables as declared
left join (
    select table_name, constraint_column_names
    from duckdb_constraints()
    where database_name = 'candidate' and schema_name = 'main' and constraint_type = 'PRIMARY KEY'
) as given using (table_name)
where found is distinct from expected
