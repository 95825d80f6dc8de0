{# A link in parts and what its form says, without a call to it: the one place that judges links. `link` is trimmed and in
   lower case; the words are those of evidence_worklist.flag, null when nothing is wrong. #}
{% macro link_scheme(link) -%}
    regexp_extract({{ link }}, '^([a-z][a-z0-9+.-]*):', 1)
{%- endmacro %}

{% macro link_host(link) -%}
    regexp_extract({{ link }}, '^https?://(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]*)', 1)
{%- endmacro %}

{% macro link_form(link, scheme, host) -%}
    case
        when regexp_matches({{ link }}, '\s') then 'whitespace'
        when regexp_matches({{ link }}, '^[a-z0-9-]+(\.[a-z0-9-]+)+([:/?#].*)?$') then 'no_scheme'
        when {{ scheme }} = '' then 'not_a_link'
        when {{ scheme }} not in ('http', 'https') then 'not_on_the_web'
        when
            regexp_matches({{ host }}, '^(localhost|.*\.(localhost|local|internal|intranet|lan|home|corp))$')
            or regexp_matches({{ host }}, '^(0|10|127)\.|^169\.254\.|^192\.168\.|^172\.(1[6-9]|2[0-9]|3[01])\.')
            or regexp_matches({{ host }}, '^\[(::1?|f[cd][0-9a-f]*:.*|fe80:.*)\]$')
            then 'private_address'
        when regexp_matches({{ host }}, '(^|\.)example\.(com|org|net|edu)$|\.(test|invalid)$') then 'placeholder'
        when not regexp_matches({{ host }}, '^[^\s.<>"]+(\.[^\s.<>"]+)+$') then 'malformed'
    end
{%- endmacro %}

{# Equal ones are the same place. #}
{% macro link_compared_by(link) -%}
    rtrim(regexp_extract({{ link }}, '^[^#]*'), '/')
{%- endmacro %}
