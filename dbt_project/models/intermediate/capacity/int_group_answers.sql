-- How the answers of a group stand in order, item by item, over its members with data. A missing answer stands at 0
-- and has no place in the order.
with
group_members as (
    select * from {{ ref('int_group_members') }}
    where grouping in ('all', 'itu_region', 'income')
),

with_data as (
    select * from {{ ref('int_overall_scores') }}
    where score is not null and respondent_status != 'no_data'
),

answers as (
    select * from {{ ref('int_answers') }}
),

partial_answers as (
    select * from {{ ref('int_answer_values') }}
    where answer = 'partial'
),

of_members as (
    select
        group_members.edition,
        group_members.grouping,
        group_members.member_group,
        answers.item,
        group_members.iso3,
        with_data.score as overall_score,
        answers.answer,
        partial_answers.value as partial_counts,
        coalesce(answers.answer, 0) as stands_at
    from group_members
    inner join with_data using (edition, iso3)
    inner join answers using (edition, iso3)
    left join partial_answers using (edition)
),

in_order as (
    select
        * exclude (partial_counts),
        cast(count(*) over of_item - 1 as integer) as peers,
        count(answer) over of_item as answers_in_all,
        count(answer) over (of_item order by stands_at) as answers_up_to_here,
        count(answer) over (of_item order by stands_at desc) as answers_from_here,
        count(*) filter (where answer >= partial_counts) over of_item as answers_from_partial,
        count(*) filter (where answer >= 1) over of_item as answers_in_full,
        if(
            answer is null,
            null,
            row_number() over (of_item order by answer asc nulls last, iso3 asc)
        ) as place
    from of_members
    window of_item as (partition by edition, grouping, member_group, item)
)

select * from in_order
