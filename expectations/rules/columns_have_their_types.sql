-- Columns have the declared types; further columns of wide tables are scores; nothing but tables, and none undeclared.
select
    table_name,
    column_name,
    coalesce(given.data_type, 'no such column') as found,
    declared.data_type as expected
from suite.columns as declared
left join (
    select * from duckdb_columns() where database_name = 'candidate' and schema_name = 'main'
) as given using (table_name, column_name)
where given.data_type is distinct from declared.data_type
union all
select
    table_name,
    column_name,
    given.data_type as found,
    if(declared.further_columns, 'DOUBLE', 'no such column') as expected
from duckdb_columns() as given
inner join suite.tables as declared using (table_name)
where
    given.database_name = 'candidate'
    and given.schema_name = 'main'
    and not (declared.further_columns and given.data_type = 'DOUBLE')
    and (table_name, column_name) not in (select (listed.table_name, listed.column_name) from suite.columns as listed)
union all
select
    table_name,
    null as column_name,
    if(internal.is_view, 'a view', 'a table that no suite declares') as found,
    'declared tables and nothing else in schema main' as expected
from (
    select table_name, false as is_view from duckdb_tables() where database_name = 'candidate' and schema_name = 'main'
    union all
    select view_name, true from duckdb_views()
    where database_name = 'candidate' and schema_name = 'main' and not internal
) as internal
where internal.is_view or table_name not in (select listed.table_name from suite.tables as listed)
