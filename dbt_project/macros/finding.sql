{# What every finding about an item of a return says first, for the last select of the models int_findings_in_….
   `opened_by` is the column with the file that says it. #}
{% macro finding(kind, subject, opened_by='return_digest') -%}
    edition,
    iso3,
    {{ kind }} as kind,
    {{ subject }} as subject,
    item,
    collector,
    valid_from,
    {{ opened_by }} as opened_by,
    valid_to,
    closed_by,
    reviewed_at,
    review_digest
{%- endmacro %}
