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
        {{ link_scheme('link') }} as scheme,
        {{ link_host('link') }} as host
    from links
),

judged as (
    select
        *,
        {{ link_form('link', 'scheme', 'host') }} as form,
        {{ link_compared_by('link') }} as compared_by
    from taken_apart
)

select * from judged
