-- Every table and column of the file says what it is.
select
    table_name,
    column_name,
    'no comment' as found,
    'a comment' as expected
from (
    select table_name, null as column_name, comment, database_name, schema_name from duckdb_tables()
    union all
    select table_name, column_name, comment, database_name, schema_name from duckdb_columns()
)
where database_name = 'candidate' and schema_name = 'main' and trim(coalesce(comment, '')) = ''
