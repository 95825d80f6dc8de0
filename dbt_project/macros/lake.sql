{# What DuckLake has otherwise than a DuckDB file, in one place (target ducklake in profiles.yml). #}

{% macro in_lake() -%}
    {{ return(target.name == 'ducklake') }}
{%- endmacro %}

{# DuckLake knows no keys: tables are made with their types and `not null` alone, and `assert_primary_keys` looks afterwards. #}
{% macro duckdb__get_table_columns_and_constraints() -%}
    {%- if in_lake() %}
    (
        {{ adapter.render_raw_columns_constraints(raw_columns=model['columns']) | join(',\n        ') }}
    )
    {%- else -%}
    {{ return(table_columns_and_constraints()) }}
    {%- endif -%}
{%- endmacro %}

{# Fails the run when a declared key is not one. Keys of a DuckDB file are held by the file itself. #}
{% macro assert_primary_keys(results) -%}
    {%- if execute and in_lake() and flags.WHICH in ('build', 'run') -%}
        {%- set broken = [] -%}
        {%- for result in results if result.node.resource_type == 'model' and result.status == 'success' -%}
            {%- for constraint in result.node.constraints if constraint.type == 'primary_key' -%}
                {%- set query -%}
                    select 1 from {{ result.node.relation_name }}
                    group by {{ constraint.columns | join(', ') }} having count(*) > 1 limit 1
                {%- endset -%}
                {%- if run_query(query).rows | length > 0 -%}
                    {%- do broken.append(result.node.alias ~ ' (' ~ constraint.columns | join(', ') ~ ')') -%}
                {%- endif -%}
            {%- endfor -%}
        {%- endfor -%}
        {%- if broken -%}
            {{ exceptions.raise_compiler_error('rows that share their key: ' ~ broken | join('; ')) }}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}
