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
    select * from {{ ref('int_decision_causes') }}
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
