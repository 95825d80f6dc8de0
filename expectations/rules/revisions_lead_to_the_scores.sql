-- The revisions of a figure follow one another, and the last one leads to the score that is in the file.
with
scores as (
    select edition, iso3, pillar as dimension, score from candidate.pillar_scores
    union all
    select edition, iso3, 'overall', score from candidate.overall_scores
),

in_order as (
    select
        edition,
        vintage,
        iso3,
        dimension,
        new,
        lead(old, 1, new) over figure as next_old,
        lead(vintage) over figure is null as is_last
    from candidate.revisions
    window figure as (partition by edition, iso3, dimension order by vintage)
)

select
    in_order.edition,
    in_order.vintage,
    in_order.iso3,
    in_order.dimension,
    in_order.new as found,
    if(in_order.is_last, scores.score, in_order.next_old) as expected
from in_order
left join scores using (edition, iso3, dimension)
where in_order.new is distinct from if(in_order.is_last, scores.score, in_order.next_old)
