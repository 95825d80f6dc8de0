{# The rows of one table of the audit: gci.audit gives all of them at once, a row per edition with a list for each table. #}
{% macro audited(table) -%}
    select
        edition,
        unnest({{ table }}, max_depth := 2)
    from {{ ref('int_audit') }}
{%- endmacro %}
