-- The catalogue is closed: every schema, table, view, macro, type, sequence and index, every column with its place,
-- type, collation, default and whether it may be empty, every constraint and every comment is declared by the models,
-- and nothing stands behind the last block.
with
listed as (
    select database_name, 'schema' as kind, schema_name as object, 'there' as says from duckdb_schemas()
    union all
    -- The statement that makes the table has collations, defaults, checks and foreign keys too.
    select database_name, if(temporary, 'temporary table', 'table'), schema_name || '.' || table_name, sql
    from duckdb_tables()
    union all
    select database_name, 'view', schema_name || '.' || view_name, sql from duckdb_views() where not internal
    union all
    select
        database_name,
        'macro',
        schema_name || '.' || function_name || '(' || array_to_string(parameters, ', ') || ')',
        coalesce(macro_definition, function_type)
    from duckdb_functions() where not internal
    union all
    select database_name, 'type', schema_name || '.' || type_name, logical_type from duckdb_types() where not internal
    union all
    select database_name, 'sequence', schema_name || '.' || sequence_name, sql from duckdb_sequences()
    union all
    select database_name, 'index', schema_name || '.' || index_name, coalesce(sql, expressions) from duckdb_indexes()
    union all
    select
        database_name,
        'column',
        schema_name || '.' || table_name || '.' || column_name,
        concat_ws(
            ' ', column_index, data_type, if(is_nullable, null, 'not null'), 'default ' || column_default
        )
    from duckdb_columns()
    union all
    select database_name, 'constraint', schema_name || '.' || table_name || '.' || constraint_name, constraint_text
    from duckdb_constraints()
),

-- Comments: those of tables and columns are the models' texts, nothing else has one.
commented as (
    select 'candidate' as of, table_name as object, comment as says
    from duckdb_tables() where database_name = 'candidate'
    union all
    select 'candidate', table_name || '.' || column_name, comment
    from duckdb_columns() where database_name = 'candidate'
    union all
    select 'candidate', 'index ' || index_name, comment
    from duckdb_indexes() where database_name = 'candidate' and comment is not null
    union all
    select 'models', concat_ws('.', table_name, column_name), says from suite.comments
),

differences as (
    select
        kind,
        object,
        given.says as found,
        declared.says as expected
    from (select * from listed where database_name = 'candidate') as given
    full join (select * from listed where database_name = 'declared') as declared using (kind, object)
    where given.says is distinct from declared.says
    union all
    select
        'comment' as kind,
        object,
        given.says as found,
        declared.says as expected
    from (select * from commented where of = 'candidate') as given
    full join (select * from commented where of = 'models') as declared using (object)
    where given.says is distinct from declared.says
    union all
    -- Its three heads of 4,096 bytes and its blocks are all of a file: what is put behind them is in no table.
    select
        'file' as kind,
        'bytes' as object,
        there.bytes::varchar as found,
        (3 * 4096 + held.block_size * held.total_blocks)::varchar as expected
    from suite.file as there, pragma_database_size() as held
    where held.database_name = 'candidate' and there.bytes != 3 * 4096 + held.block_size * held.total_blocks
)

select
    kind,
    object,
    coalesce(found, 'not there') as found,
    coalesce(expected, 'nothing of that name is declared') as expected
from differences
