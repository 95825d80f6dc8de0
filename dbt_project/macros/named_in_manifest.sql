{# Of the landed files of a kind the rows of those that the manifest names, and of the edition that it names them for:
   what else lies in the landing zone does not count. #}
{% macro named_in_manifest(kind, digest, edition=true) -%}
    select
        landed.*,
        inputs.dated
    from {{ source('landing', kind) }} as landed
    inner join {{ ref('stg_candidate__inputs') }} as inputs
        on inputs.kind = '{{ kind }}' and landed.{{ digest }} = inputs.digest
        {%- if edition %} and landed.edition = inputs.edition{% endif %}
{%- endmacro %}
