-- How far the round is, state by state. The same models as the index itself say what counts.
with
members as (
    select * from {{ ref('int_status_members') }}
),

returns as (
    select * from {{ ref('int_status_of_returns') }}
),

answers as (
    select * from {{ ref('int_status_of_answers') }}
),

refused as (
    select * from {{ ref('int_status_of_refusals') }}
),

cases as (
    select * from {{ ref('int_status_of_cases') }}
),

drafts as (
    select * from {{ ref('int_status_of_drafts') }}
),

refresh as (
    select * from {{ ref('stg_collection__refresh') }}
),

together as (
    select
        members.edition,
        members.iso3,
        members.member_state,
        members.invited,
        members.last_day,
        members.extended_to,
        returns.received_at,
        returns.collectors,
        returns.form,
        returns.language,
        returns.files,
        returns.report,
        coalesce(returns.synthetic, false) as synthetic,
        coalesce(answers.answered, 0) as answered,
        answers.items,
        answers.complete,
        answers.reviewed,
        coalesce(refused.refused, 0) as refused,
        refused.refused_codes,
        refused.refused_report,
        coalesce(returns.came_late and not returns.in_time, false) as late,
        coalesce(refresh.as_of > members.last_day and returns.iso3 is null, false) as overdue,
        coalesce(returns.was_withdrawn and not returns.in_time, false) as withdrawn,
        coalesce(cases.open_cases, 0) as open_cases,
        coalesce(cases.to_ask, 0) as to_ask,
        cases.attention,
        drafts.draft,
        drafts.draft_sent_on,
        drafts.draft_last_day,
        coalesce(drafts.comments_to_answer, 0) as comments_to_answer,
        greatest(returns.last_return_at, answers.reviewed_at, refused.refused_at) as last_change
    from members
    cross join refresh
    left join returns using (edition, iso3)
    left join answers using (edition, iso3)
    left join refused using (edition, iso3)
    left join cases using (edition, iso3)
    left join drafts using (edition, iso3)
)

select * from together
