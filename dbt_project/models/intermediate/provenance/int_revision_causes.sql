-- What a new vintage has that the one before had not, and may be behind a changed figure, from the nearest to the
-- farthest: a review or return that counts, a file of the state, a decision on it or on its edition.
with
moved as (
    select
        inputs.edition,
        inputs.digest
    from {{ ref('stg_candidate__inputs') }} as inputs
    inner join {{ ref('stg_candidate__editions') }} as editions using (edition, vintage)
    where editions.vintage > 1
),

files as (
    select
        edition,
        iso3,
        review_digest as digest,
        'error' as class,
        1 as nearness,
        arg_min(reason, row) filter (where verdict = 'changed') as reason,
        arg_min(reviewer, row) as approver,
        max(received_at) as received_at
    from {{ ref('stg_reviews__verdicts') }}
    group by edition, iso3, review_digest
    union all
    select
        edition,
        iso3,
        return_digest as digest,
        'late return' as class,
        2 as nearness,
        'newer return ' || max(file) as reason,
        null as approver,
        max(received_at) as received_at
    from {{ ref('stg_survey__answers') }}
    group by edition, iso3, return_digest
),

-- A revocation moves what the decision moved that it takes back.
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

causes as (
    select
        files.*,
        figures.dimension
    from files
    inner join {{ ref('int_inputs_of_figures') }} as figures using (edition, iso3, digest)
    union all by name
    select * replace (nearness + 2 as nearness)
    from files
    union all by name
    -- The others say nothing of which answers count: an hour of release, an access, a figure of print.
    select
        edition,
        iso3,
        digest,
        {{ class_of_decision('kind', 'subject') }} as class,
        if(iso3 is null, 6, 5) as nearness,
        reason,
        approver,
        received_at
    from decided
    where kind in ('extension', 'withdrawal', 'membership') or subject in ('collection_from', 'collection_to')
),

new_ones as (
    select causes.*
    from causes
    semi join moved using (edition, digest)
)

select
    edition,
    iso3,
    dimension,
    digest,
    class,
    nearness,
    reason,
    approver,
    received_at
from new_ones
