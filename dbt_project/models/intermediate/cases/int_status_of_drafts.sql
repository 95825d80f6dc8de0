with
drafts as (
    select * from {{ ref('stg_collection__drafts') }}
),

comments as (
    select * from {{ ref('stg_collection__draft_comments') }}
),

newest as (
    select
        edition,
        iso3,
        said as draft,
        cast(sent_at as date) as draft_sent_on,
        last_day as draft_last_day
    from drafts
    qualify row_number() over (partition by edition, iso3 order by coalesce(sent_at, made_at) desc, note desc) = 1
),

waiting as (
    select
        edition,
        iso3,
        cast(count(*) as integer) as comments_to_answer
    from comments
    where answered_at is null
    group by edition, iso3
),

together as (
    select
        newest.edition,
        newest.iso3,
        newest.draft,
        newest.draft_sent_on,
        newest.draft_last_day,
        coalesce(waiting.comments_to_answer, 0) as comments_to_answer
    from newest
    left join waiting using (edition, iso3)
)

select * from together
