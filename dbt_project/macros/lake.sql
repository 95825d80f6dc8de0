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
