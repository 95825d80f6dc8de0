-- Links as written, without a call to any of them: what is wrong with the form of each, and what it is compared by.
with
answers as (
    select * from {{ ref('int_answers_resolved') }}
),

links as (
    select
        edition,
        iso3,
        item,
        source,
        return_digest,
        evidence_url,
        lower(trim(evidence_url)) as link
    from answers
    where trim(evidence_url) != ''
),

taken_apart as (
    select
        *,
        regexp_extract(link, '^([a-z][a-z0-9+.-]*):', 1) as scheme,
        regexp_extract(link, '^https?://(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]*)', 1) as host
    from links
),

judged as (
    select
        *,
        case
            when regexp_matches(link, '\s') then 'whitespace'
            when regexp_matches(link, '^[a-z0-9-]+(\.[a-z0-9-]+)+([:/?#].*)?$') then 'no_scheme'
            when scheme = '' then 'not_a_link'
            when scheme not in ('http', 'https') then 'not_on_the_web'
            when
                regexp_matches(host, '^(localhost|.*\.(localhost|local|internal|intranet|lan|home|corp))$')
                or regexp_matches(host, '^(0|10|127)\.|^169\.254\.|^192\.168\.|^172\.(1[6-9]|2[0-9]|3[01])\.')
                or regexp_matches(host, '^\[(::1?|f[cd][0-9a-f]*:.*|fe80:.*)\]$')
                then 'private_address'
            when regexp_matches(host, '(^|\.)example\.(com|org|net|edu)$|\.(test|invalid)$') then 'placeholder'
            when not regexp_matches(host, '^[^\s.<>"]+(\.[^\s.<>"]+)+$') then 'malformed'
        end as form,
        rtrim(regexp_extract(link, '^[^#]*'), '/') as compared_by
    from taken_apart
)

select * from judged
