-- The links of every return that spoke for its state, not only of the answers that count today.
with
answers as (
    select
        *,
        lower(trim(evidence_url)) as link
    from {{ ref('int_case_answers') }}
    where answer is not null and trim(evidence_url) != ''
),

taken_apart as (
    select
        *,
        {{ link_scheme('link') }} as scheme,
        {{ link_host('link') }} as host
    from answers
),

judged as (
    select
        return_digest,
        edition,
        iso3,
        collector,
        item,
        {{ link_form('link', 'scheme', 'host') }} as form,
        {{ link_compared_by('link') }} as compared_by
    from taken_apart
)

select * from judged
