{# What an answer counts: what int_answer_values says of it; a number counts as itself. No answer stays null.
   A text that is none of these fails the build: the checks at the door let none in. #}
{% macro answer_value(answer, value) -%}
    case when {{ value }} is null then cast({{ answer }} as double) else {{ value }} end
{%- endmacro %}
