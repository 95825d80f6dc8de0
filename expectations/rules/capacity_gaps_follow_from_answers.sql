-- The five steps that gain most, for every state outside of the top two tiers, from the answers of the file.
with
thresholds as (
    select
        editions.edition,
        coalesce(
            (select tiers.minimum::double from seeds.tiers as tiers where tiers.edition = editions.edition and tiers.tier = '2'),
            (
                select max_by(tiers.minimum::double, known.reference_year)
                from seeds.tiers as tiers
                inner join seeds.editions as known using (edition)
                where tiers.tier = '2' and known.status = 'published'
            )
        ) as minimum
    from recomputed.editions as editions
),

with_data as (
    select * from recomputed.with_data
    where dimension = 'overall' and has_data and score is not null
),

own as (
    select
        groups.*,
        answers.item,
        answers.weight * answers.share as points_of_item,
        coalesce(answers.answer, 0) as stands_at
    from with_data
    inner join thresholds using (edition)
    inner join recomputed.group_members as groups using (edition, iso3)
    inner join recomputed.answers as answers using (edition, iso3)
    where
        with_data.score < thresholds.minimum
        and groups.grouping in ('all', 'itu_region', 'income')
        and coalesce(answers.answer, 0) < 1
),

-- All answers of a group on an item in order; those ahead of a state are the tail after its own level.
of_group as (
    select
        groups.edition,
        groups.grouping,
        groups.member_group,
        answers.item,
        list(answers.answer order by answers.answer) filter (where answers.answer is not null) as in_order,
        count(*) as members
    from recomputed.group_members as groups
    inner join with_data using (edition, iso3)
    inner join recomputed.answers as answers using (edition, iso3)
    where groups.grouping in ('all', 'itu_region', 'income')
    group by all
),

partial_answers as (
    select
        editions.edition,
        arg_max(counts.value::double, counts.from_edition) as partial_counts
    from recomputed.editions as editions
    inner join seeds.answer_values as counts on editions.edition >= counts.from_edition
    where counts.answer = 'partial'
    group by editions.edition
),

-- Many states stand at the same level: what is ahead of a level is found once, and only its numbers go on.
ahead_of_a_level as (
    select
        levels.*,
        of_group.members - 1 as peers,
        partial_answers.partial_counts,
        list_filter(of_group.in_order, lambda one: one > levels.stands_at) as answers_ahead,
        answers_ahead[(len(answers_ahead) + 1) // 2] as median
    from (select distinct edition, grouping, member_group, item, stands_at from own) as levels
    inner join of_group using (edition, grouping, member_group, item)
    left join partial_answers using (edition)
),

levels_in_numbers as (
    select
        * exclude (answers_ahead),
        len(list_filter(answers_ahead, lambda one: one >= median)) as peers_at_median,
        len(list_filter(answers_ahead, lambda one: one >= partial_counts)) as peers_at_partial,
        len(list_filter(answers_ahead, lambda one: one >= 1)) as peers_in_full
    from ahead_of_a_level
),

ahead as (
    select
        own.*,
        levels.* exclude (edition, grouping, member_group, item, stands_at),
        editions.item_level = 'question' as is_question,
        coalesce(nodes.allows_partial, 'false') = 'true' as allows_partial
    from own
    inner join levels_in_numbers as levels using (edition, grouping, member_group, item, stands_at)
    inner join recomputed.editions as editions using (edition)
    inner join seeds.framework as nodes on nodes.edition = own.edition and nodes.node = own.item
),

steps as (
    select
        *,
        case
            when not is_question then median
            when allows_partial and stands_at < partial_counts then partial_counts
            else 1
        end as next_answer,
        case
            when not is_question then peers_at_median
            when next_answer = partial_counts then peers_at_partial
            else peers_in_full
        end as peers_there
    from ahead
    where peers > 0
),

due as (
    select
        *,
        row_number() over (
            partition by edition, iso3, grouping
            order by round(points_of_item * (next_answer - stands_at), 9) desc, item
        ) as place
    from steps
    where next_answer is not null
    qualify place <= 5
)

select
    edition,
    iso3,
    grouping,
    place,
    if(given.edition is null, 'no row', concat_ws(' ', given.item, given.next_answer, given.gain, given.peers_there)) as found,
    if(
        due.edition is null,
        'no row',
        concat_ws(
            ' ',
            due.item,
            due.next_answer,
            round(due.points_of_item * (due.next_answer - due.stands_at), 9),
            due.peers_there
        )
    ) as expected
from due
full join candidate.capacity_gaps as given using (edition, iso3, grouping, place)
where
    given.edition is null
    or due.edition is null
    or given.item != due.item
    or given.member_group != due.member_group
    or given.next_answer is distinct from due.next_answer
    or not is_score(given.gain, due.points_of_item * (due.next_answer - due.stands_at))
    or given.peers_there != due.peers_there
    or given.peers != due.peers
