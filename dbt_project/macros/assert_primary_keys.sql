{# Fails the run when a declared key is not one, where the tables themselves do not hold it: in the lake, which knows no
   keys, and in intermediates, which have no contract. All are asked at once. #}
{% macro assert_primary_keys(results) -%}
    {%- if execute and flags.WHICH in ('build', 'run') -%}
        {%- set asked = [] -%}
        {%- for result in results if result.node.resource_type == 'model' and result.status == 'success' -%}
            {%- for constraint in result.node.constraints if constraint.type == 'primary_key' -%}
                {%- if in_lake() or not result.node.config.contract.enforced -%}
                    {%- set keys = constraint.columns | join(', ') -%}
                    {%- do asked.append(
                        "select '" ~ result.node.alias ~ ' (' ~ keys ~ ")' as shared where exists (select 1 from "
                        ~ result.node.relation_name ~ ' group by ' ~ keys ~ ' having count(*) > 1)'
                    ) -%}
                {%- endif -%}
            {%- endfor -%}
        {%- endfor -%}
        {%- set broken = run_query(asked | join(' union all ') ~ ' order by shared').columns[0].values() if asked else [] -%}
        {%- if broken -%}
            {{ exceptions.raise_compiler_error('rows that share their key: ' ~ broken | join('; ')) }}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}
