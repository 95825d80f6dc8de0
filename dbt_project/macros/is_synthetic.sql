{# Whether the returns of an edition are invented: the manifest says so of each edition that is built, and the gates hold
   that against what landed. A variable of DuckDB, as the places of the sources are: gci.build.dbt_engine sets it. #}
{% macro is_synthetic(edition) -%}
    coalesce(list_contains(string_split(getvariable('synthetic'), ' '), {{ edition }}), false)
{%- endmacro %}
