-- Who a state is compared with: the other members of its region and of its income group, and all, if they have data.
with
states_below as (
    select * from {{ ref('int_states_below') }}
),

group_members as (
    select * from {{ ref('int_group_members') }}
    where grouping in ('all', 'itu_region', 'income')
),

overall_scores as (
    select * from {{ ref('overall_scores') }}
    where score is not null and respondent_status != 'no_data'
),

peers as (
    select
        states_below.edition,
        states_below.iso3,
        own.grouping,
        own.member_group,
        others.iso3 as peer,
        overall_scores.score as peer_score,
        abs(overall_scores.score - states_below.score) as distance
    from states_below
    inner join group_members as own using (edition, iso3)
    inner join group_members as others
        on own.edition = others.edition
        and own.grouping = others.grouping
        and own.member_group = others.member_group
        and own.iso3 != others.iso3
    inner join overall_scores
        on others.edition = overall_scores.edition and others.iso3 = overall_scores.iso3
)

select * from peers
