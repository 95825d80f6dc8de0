{# The analyst's wide table of one pillar: one column per indicator code that the pillar has in any edition.
   The columns come from the frameworks; the contract in the model's yml refuses the build when it lists others. #}

{% macro pillar_indicators(pillar) -%}
    {%- set of_the_pillar = "level = 'indicator' and pillar = '" ~ pillar ~ "'" -%}
    {%- set query -%}
        select node from {{ ref('int_framework_nodes') }} where {{ of_the_pillar }} group by node order by length(node), node
    {%- endset -%}
    {%- if execute -%}
        {{ return(run_query(query).columns[0].values()) }}
    {%- endif -%}
    {{ return([]) }}
{%- endmacro %}

{% macro pillar_table(pillar) -%}
with
indicator_scores as (
    select * from {{ ref('int_indicator_scores') }} where pillar = '{{ pillar }}'
),

pillar_scores as (
    select * from {{ ref('int_pillar_scores') }} where pillar = '{{ pillar }}'
),

member_states as (
    select * from {{ ref('member_states') }}
),

indicators_side_by_side as (
    select
        edition,
        iso3
        {%- for indicator in pillar_indicators(pillar) %},
        max(score) filter (where indicator = '{{ indicator }}') as {{ indicator }}
        {%- endfor %}
    from indicator_scores
    group by edition, iso3
),

named as (
    select
        pillar_scores.edition,
        pillar_scores.iso3,
        member_states.name_en as member_state,
        indicators_side_by_side.* exclude (edition, iso3),
        pillar_scores.score as pillar_score
    from pillar_scores
    inner join indicators_side_by_side using (edition, iso3)
    inner join member_states using (iso3)
)

select
    *,
    {{ is_synthetic('edition') }} as synthetic
from named
{%- endmacro %}
