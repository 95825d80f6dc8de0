{# For how long two things held at once, as valid_from, opened_by, valid_to and closed_by: the later began it, whichever
   ended first ended it. Each of the two has valid_from, valid_to, closed_by and return_digest, the file that says it. #}
{% macro interval_overlap(one, other) -%}
    greatest({{ one }}.valid_from, {{ other }}.valid_from) as valid_from,
    if({{ one }}.valid_from >= {{ other }}.valid_from, {{ one }}.return_digest, {{ other }}.return_digest) as opened_by,
    least({{ one }}.valid_to, {{ other }}.valid_to) as valid_to,
    case least({{ one }}.valid_to, {{ other }}.valid_to)
        when {{ one }}.valid_to then {{ one }}.closed_by
        when {{ other }}.valid_to then {{ other }}.closed_by
    end as closed_by
{%- endmacro %}
