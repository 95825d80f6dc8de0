{# What all experts allot, one under the other: an expert is a file in seeds/allotments. Decimals, so that sums are
   exact in any order. #}
{% macro allotment_seeds() -%}
    {%- for expert in var('allotments') %}
    select edition, expert, node, cast(points as decimal(9, 4)) as points from {{ ref('seed_allotment_' ~ expert) }}
    union all
    {%- endfor %}
    select null::varchar, null::varchar, null::varchar, null::decimal(9, 4) where false
{%- endmacro %}
