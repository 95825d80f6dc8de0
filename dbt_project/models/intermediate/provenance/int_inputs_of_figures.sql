-- The files that a figure's answers come from: the return, and the review where it put another answer in its place.
with
answers as (
    select * from {{ ref('int_answers') }}
),

behind as (
    select
        edition,
        iso3,
        unnest([pillar, pillar, 'overall', 'overall']) as dimension,
        unnest([return_digest, review_digest, return_digest, review_digest]) as digest,
        unnest([false, true, false, true]) as is_review,
        reason
    from answers
),

files as (
    select distinct
        edition,
        iso3,
        dimension,
        digest
    from behind
    where digest is not null and not (is_review and reason = 'reviewed_accepted')
)

select * from files
