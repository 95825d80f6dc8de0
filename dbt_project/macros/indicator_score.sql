{# I = Σ w·a, in the order of the items: docs/method.md. The one place that sums answers. #}
{% macro indicator_score(weight, answer, item) -%}
    sum({{ weight }} * {{ answer }} order by {{ item }})
{%- endmacro %}
