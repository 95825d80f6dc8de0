-- What each return counts for. Of those of one sender that may count the newest whole one does, with the additions that
-- came after it, and supersedes all before it.
with
answers as (
    select * from {{ ref('int_answers_sent') }}
),

last_days as (
    select * from {{ ref('int_submission_deadlines') }}
),

returns as (
    select
        return_digest,
        edition,
        iso3,
        collector,
        min(file) as file,
        received_at,
        modified_at,
        cast(count(answer) as integer) as answered,
        bool_or(synthetic) as synthetic,
        coalesce(bool_or(addition), false) as addition
    from answers
    group by return_digest, edition, iso3, collector, received_at, modified_at
),

held_against_the_calendar as (
    select
        returns.*,
        last_days.last_day,
        case
            when not coalesce(last_days.takes_part, false) then 'left'
            -- Desk research is the index team's own: it is neither late nor the state's to withdraw.
            when returns.collector = 'desk' then 'in_time'
            when cast(returns.received_at as date) <= last_days.withdrawn_on then 'withdrawn'
            when cast(returns.received_at as date) > last_days.last_day then 'late'
            else 'in_time'
        end as timing
    from returns
    left join last_days using (edition, iso3)
),

-- A whole return begins what the additions after it belong to.
together as (
    select
        *,
        cast(count(*) filter (where not addition) over (
            partition by edition, iso3, collector, timing
            order by received_at, modified_at, return_digest
            rows unbounded preceding
        ) as integer) as begun
    from held_against_the_calendar
),

standing as (
    select
        * exclude (timing),
        case
            when timing != 'in_time' then timing
            when begun = max(begun) over (partition by edition, iso3, collector, timing) then 'counted'
            else 'superseded'
        end as standing
    from together
)

select * from standing
