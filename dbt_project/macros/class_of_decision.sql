{# The class of a revision that follows from a decision. #}
{% macro class_of_decision(kind, subject) -%}
    case
        when {{ kind }} = 'extension' or {{ subject }} in ('collection_from', 'collection_to') then 'late return'
        when {{ kind }} in ('known_error', 'reviewed_drop', 'withdrawal', 'revocation') then 'error'
        else 'reference data'
    end
{%- endmacro %}
