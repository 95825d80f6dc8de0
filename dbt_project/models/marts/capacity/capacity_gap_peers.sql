-- Of the peers that took the step already, the five whose overall score is nearest to the state's: with their evidence.
with
capacity_gaps as (
    select * from {{ ref('capacity_gaps') }}
),

states_below as (
    select * from {{ ref('int_states_below') }}
),

group_answers as (
    select * from {{ ref('int_group_answers') }}
),

answers as (
    select * from {{ ref('int_answers') }}
),

member_states as (
    select * from {{ ref('member_states') }}
),

nearest as (
    select
        gaps.edition,
        gaps.iso3,
        gaps.grouping,
        gaps.item,
        gaps.place,
        unnest(arg_min(
            struct_pack(peer := theirs.iso3, score := theirs.overall_score),
            struct_pack(distance := abs(theirs.overall_score - states_below.score), peer := theirs.iso3),
            5
        )) as peer
    from capacity_gaps as gaps
    inner join states_below using (edition, iso3)
    inner join group_answers as theirs using (edition, grouping, member_group, item)
    where theirs.answer >= gaps.next_answer
    group by gaps.edition, gaps.iso3, gaps.grouping, gaps.item, gaps.place
),

shown as (
    select
        nearest.edition,
        nearest.iso3,
        nearest.grouping,
        nearest.item,
        nearest.place,
        answers.iso3 as peer,
        member_states.name_en as peer_state,
        answers.answer as peer_answer,
        nearest.peer.score as peer_score,
        answers.source,
        answers.evidence_url
    from nearest
    inner join answers
        on nearest.edition = answers.edition and nearest.peer.peer = answers.iso3 and nearest.item = answers.item
    inner join member_states on answers.iso3 = member_states.iso3
)

select
    *,
    {{ is_synthetic('edition') }} as synthetic
from shown
