{# The rows of one table of the audit, each as a struct: gci.audit gives all tables at once, a row per edition with a list
   for each of them. #}
{% macro audited(table) -%}
    select
        edition,
        unnest({{ table }}) as one
    from {{ ref('int_audit') }}
{%- endmacro %}
