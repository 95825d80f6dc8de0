-- One step more on each item: docs/method.md. Between answers of a question the next level; else, where answers are
-- numbers, the lower median of the peers that are ahead.
with
states_below as (
    select * from {{ ref('int_states_below') }}
),

peers as (
    select * from {{ ref('int_peers') }}
),

editions as (
    select * from {{ ref('editions') }}
),

framework as (
    select * from {{ ref('framework') }}
),

answers as (
    select
        answers.*,
        coalesce(answers.answer, 0) as stands_at
    from {{ ref('answers') }} as answers
),

levels as (
    select
        answers.edition,
        answers.iso3,
        answers.item,
        answers.stands_at,
        editions.item_level = 'question' as is_question,
        if(coalesce(framework.allows_partial, false) and answers.stands_at < 0.5, 0.5, 1.0) as next_level
    from answers
    inner join states_below using (edition, iso3)
    inner join editions using (edition)
    inner join framework on answers.edition = framework.edition and answers.item = framework.node
    where answers.stands_at < 1
),

steps as (
    select
        levels.edition,
        levels.iso3,
        peers.grouping,
        peers.member_group,
        levels.item,
        levels.stands_at,
        if(
            levels.is_question,
            levels.next_level,
            quantile_disc(theirs.answer, 0.5) filter (where theirs.answer > levels.stands_at)
        ) as next_answer,
        list(theirs.answer) as answers_of_peers
    from levels
    inner join peers using (edition, iso3)
    inner join answers as theirs
        on peers.edition = theirs.edition and peers.peer = theirs.iso3 and levels.item = theirs.item
    group by
        levels.edition, levels.iso3, peers.grouping, peers.member_group, levels.item, levels.stands_at,
        levels.is_question, levels.next_level
)

select
    * exclude (answers_of_peers),
    cast(len(list_filter(answers_of_peers, lambda one: one >= next_answer)) as integer) as peers_there,
    cast(len(answers_of_peers) as integer) as peers
from steps
where next_answer is not null
