{# All frameworks, one under the other: a new edition is a new file in seeds/frameworks. #}
{% macro framework_seeds() -%}
    {%- for edition in var('frameworks') %}
    select * from {{ ref('framework_' ~ edition) }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
{%- endmacro %}
