-- Decisions that say which answers count. The others say nothing of that: an hour of release, an access, a figure of
-- print. A revocation moves what the decision moved that it takes back.
with
decided as (
    select
        decisions.edition,
        coalesce(decisions.iso3, taken_back.iso3) as iso3,
        coalesce(taken_back.kind, decisions.kind) as kind,
        coalesce(taken_back.subject, decisions.subject) as subject,
        decisions.decision_digest as digest,
        decisions.id || ': ' || decisions.reason as reason,
        decisions.approver,
        decisions.received_at
    from {{ ref('int_decisions') }} as decisions
    left join {{ ref('int_decisions') }} as taken_back
        on decisions.answers = taken_back.id and decisions.kind = 'revocation'
),

of_answers as (
    select *
    from decided
    where kind in ('extension', 'withdrawal', 'membership') or subject in ('collection_from', 'collection_to')
)

select
    edition,
    iso3,
    digest,
    {{ class_of_decision('kind', 'subject') }} as class,
    if(iso3 is null, 6, 5) as nearness,
    reason,
    approver,
    received_at
from of_answers
