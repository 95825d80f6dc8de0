-- The published figure to the last digit, without evidence or a word of the sender: that is the table, and no return.
with
resolved as (
    select * from {{ ref('int_answers_resolved') }}
),

replayed as (
    select * from {{ ref('stg_replay__indicator_values') }}
),

taken_over as (
    select * from {{ ref('stg_reference__taken_over') }}
),

as_published as (
    select
        resolved.edition,
        resolved.iso3,
        resolved.item,
        taken_over.origin,
        taken_over.taken_from
    from resolved
    inner join replayed using (edition, iso3, item)
    inner join taken_over using (edition, item)
    where
        resolved.answer = replayed.answer
        and resolved.evidence_url is null
        and resolved.comment is null
        and resolved.reason in ('returned', 'desk', 'reviewed_accepted')
)

select * from as_published
