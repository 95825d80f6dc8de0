{# Whether a value stands to a threshold as the comparison says: the one place that knows what the words mean. #}
{% macro compares(value, comparison, threshold) -%}
    case {{ comparison }}
        when 'above' then {{ value }} > {{ threshold }}
        when 'at_least' then {{ value }} >= {{ threshold }}
        when 'at_most' then {{ value }} <= {{ threshold }}
        when 'below' then {{ value }} < {{ threshold }}
        when 'any' then true
    end
{%- endmacro %}
