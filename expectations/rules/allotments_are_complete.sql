-- Every expert gives points to each item of the edition and to nothing else, with at most four decimals, and the points
-- of a pillar sum to 20.
with
given as (
    select
        allotted.edition,
        allotted.expert,
        allotted.node,
        allotted.pillar,
        allotted.points
    from candidate.weight_allotments as allotted
    inner join seeds.editions as editions using (edition)
    where allotted.level = editions.item_level
),

due as (
    select
        experts.edition,
        experts.expert,
        leaf.node
    from (
        select distinct edition, expert
        from seeds.allotments
        where edition not in (from recomputed.left_out)
    ) as experts
    inner join seeds.editions as editions using (edition)
    inner join seeds.framework as leaf on experts.edition = leaf.edition and editions.item_level = leaf.level
)

select
    edition,
    expert,
    node,
    coalesce(given.points::varchar, 'no points') as found,
    if(due.node is null, 'no such item or expert', 'points for every item') as expected
from given
full join due using (edition, expert, node)
where due.node is null or given.points is null
union all
select
    edition,
    expert,
    pillar as node,
    sum(points order by node)::varchar as found,
    '20' as expected
from given
group by edition, expert, pillar
having not near(sum(points order by node), 20, 1e-9)
union all
select
    edition,
    expert,
    node,
    allotted.points as found,
    'points of an item, with at most four decimals' as expected
from seeds.allotments as allotted
left join due using (edition, expert, node)
where
    allotted.edition not in (from recomputed.left_out)
    and (
        due.node is null
        or not coalesce(
            near(try_cast(allotted.points as double) * 10000, round(try_cast(allotted.points as double) * 10000), 1e-6),
            false
        )
    )
