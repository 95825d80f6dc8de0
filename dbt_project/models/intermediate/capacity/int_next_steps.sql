-- One step more on each item: docs/method.md. Between answers of a question the next level; else, where answers are
-- numbers, the lower median of the peers that are ahead.
with
states_below as (
    select * from {{ ref('int_states_below') }}
),

group_answers as (
    select * from {{ ref('int_group_answers') }}
),

editions as (
    select * from {{ ref('stg_reference__editions') }}
),

framework as (
    select * from {{ ref('int_framework_nodes') }}
),

partial_answers as (
    select * from {{ ref('int_answer_values') }}
    where answer = 'partial'
),

own as (
    select
        group_answers.*,
        partial_answers.value as partial_counts,
        -- Nobody is at place null: where none is ahead there is no median.
        group_answers.answers_up_to_here
        + (nullif(group_answers.answers_in_all - group_answers.answers_up_to_here, 0) + 1) // 2 as place_of_median,
        editions.item_level = 'question' as is_question,
        if(
            coalesce(framework.allows_partial, false) and group_answers.stands_at < partial_answers.value,
            partial_answers.value,
            1.0
        ) as next_level
    from group_answers
    inner join states_below using (edition, iso3)
    inner join editions using (edition)
    inner join framework on group_answers.edition = framework.edition and group_answers.item = framework.node
    left join partial_answers on group_answers.edition = partial_answers.edition
    where group_answers.stands_at < 1 and group_answers.peers > 0
),

steps as (
    select
        own.edition,
        own.iso3,
        own.grouping,
        own.member_group,
        own.item,
        own.stands_at,
        if(own.is_question, own.next_level, median.answer) as next_answer,
        cast(
            case
                when not own.is_question then median.answers_from_here
                when own.next_level = own.partial_counts then own.answers_from_partial
                else own.answers_in_full
            end as integer
        ) as peers_there,
        own.peers
    from own
    left join group_answers as median
        on own.edition = median.edition
        and own.grouping = median.grouping
        and own.member_group = median.member_group
        and own.item = median.item
        and own.place_of_median = median.place
)

select * from steps
where next_answer is not null
