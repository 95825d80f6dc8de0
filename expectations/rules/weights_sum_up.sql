-- The weights of a pillar's indicators sum to 20, those of an indicator's questions to 1.
select
    edition,
    parent,
    sum(weight order by node) as found,
    if(level = 'indicator', 20, 1) as expected
from candidate.framework
where level != 'pillar'
group by edition, parent, level
having not near(sum(weight order by node), if(level = 'indicator', 20, 1), 1e-9)
union all
select
    edition,
    node as parent,
    weight as found,
    20 as expected
from candidate.framework
where level = 'pillar' and not near(weight, 20, 0)
