-- Of the peers that took the step already, the five whose overall score is nearest to the state's: with their evidence.
with
capacity_gaps as (
    select * from {{ ref('capacity_gaps') }}
),

peers as (
    select * from {{ ref('int_peers') }}
),

answers as (
    select * from {{ ref('answers') }}
),

member_states as (
    select * from {{ ref('mart_member_states') }}
),

there as (
    select
        capacity_gaps.edition,
        capacity_gaps.iso3,
        capacity_gaps.grouping,
        capacity_gaps.item,
        capacity_gaps.place,
        peers.peer,
        member_states.name_en as peer_state,
        answers.answer as peer_answer,
        peers.peer_score,
        answers.source,
        answers.evidence_url
    from capacity_gaps
    inner join peers using (edition, iso3, grouping)
    inner join answers
        on peers.edition = answers.edition and peers.peer = answers.iso3 and capacity_gaps.item = answers.item
    inner join member_states on peers.peer = member_states.iso3
    where answers.answer >= capacity_gaps.next_answer
    qualify row_number() over (
        partition by capacity_gaps.edition, capacity_gaps.iso3, capacity_gaps.grouping, capacity_gaps.item
        order by peers.distance, peers.peer
    ) <= 5
)

select * from there
