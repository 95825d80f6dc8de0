{# All frameworks, one under the other: a new edition is a new file in seeds/frameworks. A column that came later
   (evidence_required) is null for the editions whose file lacks it: a published edition's file stays as it is. #}
{% macro framework_seeds() -%}
    {%- for edition in var('frameworks') %}
    select * from {{ ref('seed_framework_' ~ edition) }}
    union all by name
    {%- endfor %}
    select null::boolean as evidence_required where false
{%- endmacro %}
