-- Every measure × every state of every group, with the state's number where there is one.
with
measures as (
    select * from {{ ref('stg_reference__gca_measures') }}
),

group_members as (
    select * from {{ ref('int_group_members') }}
),

measure_values as (
    select * from {{ ref('int_survey_measures') }}
    union all
    select * from {{ ref('int_question_values') }}
    union all
    select * from {{ ref('int_partner_measures') }}
),

-- A list that has not been received says nothing about those who are not on it.
received as (
    select
        edition,
        subject,
        about,
        min(code) as code
    from measure_values
    group by edition, subject, about
),

by_state as (
    select
        measures.activity,
        measures.measure,
        measures.statistic,
        measures.threshold,
        group_members.edition,
        group_members.grouping,
        group_members.member_group,
        group_members.iso3,
        received.code,
        case
            when measures.statistic = 'share_listed' and received.code is not null
                then coalesce(measure_values.value, 0)
            else measure_values.value
        end as value
    from measures
    cross join group_members
    left join received
        on group_members.edition = received.edition
        and measures.subject = received.subject
        and measures.about = received.about
    left join measure_values
        on group_members.edition = measure_values.edition
        and group_members.iso3 = measure_values.iso3
        and measures.subject = measure_values.subject
        and measures.about = measure_values.about
)

select * from by_state
