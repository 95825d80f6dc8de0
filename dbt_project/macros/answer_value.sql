{# What an answer counts: yes 1, partial one half, no 0; a number counts as itself. No answer stays null.
   A text that is none of these fails the build: the checks at the door let none in. #}
{% macro answer_value(answer) -%}
    case {{ answer }}
        when 'yes' then 1.0
        when 'partial' then 0.5
        when 'no' then 0.0
        else cast({{ answer }} as double)
    end
{%- endmacro %}
