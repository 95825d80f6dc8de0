-- One link in the returns of two states, for as long as both speak for them.
with
answers as (
    select * from {{ ref('int_case_answers') }}
),

links as (
    select * from {{ ref('int_case_links') }}
    where form is null
),

own as (
    select
        answers.*,
        links.compared_by
    from answers
    inner join links using (return_digest, edition, iso3, collector, item)
),

others as (
    select
        edition,
        compared_by,
        iso3,
        return_digest,
        valid_from,
        valid_to,
        closed_by
    from own
    group by edition, compared_by, iso3, return_digest, valid_from, valid_to, closed_by
),

shared as (
    select
        own.edition,
        own.iso3,
        own.item,
        own.collector,
        own.reviewed_at,
        own.review_digest,
        own.evidence_url,
        {{ interval_overlap('own', 'others') }},
        others.iso3 as other_state
    from own
    inner join others
        on own.edition = others.edition and own.compared_by = others.compared_by and own.iso3 != others.iso3
)

select
    {{ finding("'evidence_duplicate'", 'item', 'opened_by') }},
    evidence_url as said,
    other_state as held_against
from shared
where coalesce(valid_from < valid_to, true)
