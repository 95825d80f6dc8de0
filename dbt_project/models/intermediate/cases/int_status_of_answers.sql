-- How complete a state is and how much of that is reviewed, by the answers that count.
with
resolved as (
    select * from {{ ref('int_answers_resolved') }}
),

reviews as (
    select
        edition,
        iso3,
        max(received_at) as reviewed_at
    from {{ ref('int_verdicts_sent') }}
    group by edition, iso3
),

counted as (
    select
        edition,
        iso3,
        cast(count(*) as integer) as items,
        cast(count(claimed_by) as integer) as answered,
        count(claimed_by) filter (where review_digest is not null) as judged
    from resolved
    group by edition, iso3
),

shares as (
    select
        counted.edition,
        counted.iso3,
        counted.items,
        counted.answered,
        round(counted.answered / counted.items, 4) as complete,
        case when counted.answered = 0 then 0 else round(counted.judged / counted.answered, 4) end as reviewed,
        reviews.reviewed_at
    from counted
    left join reviews using (edition, iso3)
)

select * from shares
