-- What the published source says about a state; else what follows from who answered.
with
editions_built as (
    select * from {{ ref('stg_candidate__editions') }}
),

members as (
    select * from {{ ref('int_members') }}
),

published as (
    select * from {{ ref('stg_reference__respondents') }}
),

returns as (
    select * from {{ ref('int_current_returns') }}
),

answers as (
    select * from {{ ref('int_answers_resolved') }}
),

senders as (
    select
        edition,
        iso3,
        bool_or(standing = 'counted') as anyone_answered,
        bool_or(standing = 'counted' and collector = 'state') as state_answered,
        bool_or(standing = 'withdrawn') as withdrawn,
        bool_or(standing = 'late') as late
    from returns
    group by edition, iso3
),

unreviewed as (
    select
        edition,
        iso3
    from answers
    where source = 'desk'
    group by edition, iso3
),

derived as (
    select
        members.edition,
        members.iso3,
        case
            when not coalesce(senders.anyone_answered, false) then 'no_data'
            when senders.state_answered then 'responded'
            when unreviewed.iso3 is null then 'desk_validated'
            else 'desk_not_validated'
        end as derived_status,
        case
            when derived_status != 'no_data' then null
            when senders.withdrawn then 'withdrawn'
            when senders.late then 'late'
        end as left_out
    from members
    inner join editions_built using (edition)
    left join senders using (edition, iso3)
    left join unreviewed using (edition, iso3)
),

known as (
    select
        derived.edition,
        derived.iso3,
        coalesce(published.respondent_status, derived.derived_status) as respondent_status,
        case when published.respondent_status is null then derived.left_out end as left_out
    from derived
    left join published using (edition, iso3)
)

select * from known
