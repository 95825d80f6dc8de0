{# Whether a partner's year is one that a cross-check looks at: the one place that knows what the words mean. #}
{% macro partner_period_fits(period, year, reference_year) -%}
    case {{ period }}
        when 'same' then {{ year }} = {{ reference_year }}
        when 'up_to' then {{ year }} <= {{ reference_year }}
        when 'latest' then {{ year }} is not null
    end
{%- endmacro %}
{# Whether a partner's value goes against what a cross-check found in the survey; null is a state that a list lacks. #}
{% macro partner_contradicts(comparison, value, threshold, survey_value) -%}
    case {{ comparison }}
        when 'differs' then abs({{ value }} - {{ survey_value }}) > {{ threshold }}
        when 'not_listed' then coalesce({{ value }} < {{ threshold }}, true)
        else {{ compares(value, comparison, threshold) }}
    end
{%- endmacro %}
{# Whether values of a series `source/series` wait for somebody to say of which day they are: they count for nothing. #}
{% macro partner_is_undated(about) -%}
    {{ about }} in (
        select undated.source || '/' || undated.series
        from {{ ref('int_partner_values') }} as undated
        where undated.period = 'unknown'
    )
{%- endmacro %}
