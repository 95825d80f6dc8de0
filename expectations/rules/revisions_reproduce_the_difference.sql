-- The revisions of an edition's new vintage are the differences of its scores from those that were published.
with
moved as (
    select
        edition,
        given.vintage
    from candidate.editions as given
    inner join published.editions as before using (edition)
    where given.vintage = before.vintage + 1
),

scores as (
    select edition, iso3, pillar as dimension, score from candidate.pillar_scores
    union all
    select edition, iso3, 'overall', score from candidate.overall_scores
),

scores_before as (
    select edition, iso3, pillar as dimension, score from published.pillar_scores
    union all
    select edition, iso3, 'overall', score from published.overall_scores
),

due as (
    select
        edition,
        iso3,
        dimension,
        moved.vintage,
        before.score as old,
        scores.score as new
    from scores
    full join scores_before as before using (edition, iso3, dimension)
    inner join moved using (edition)
    where before.score is distinct from scores.score
),

given as (
    select revisions.*
    from candidate.revisions as revisions
    inner join moved using (edition, vintage)
)

select
    edition,
    vintage,
    iso3,
    dimension,
    if(given.dimension is null, 'no row', concat_ws(' ', given.old, 'to', given.new)) as found,
    if(due.dimension is null, 'no row', concat_ws(' ', due.old, 'to', due.new)) as expected
from given
full join due using (edition, vintage, iso3, dimension)
where
    given.dimension is null
    or due.dimension is null
    or (given.old, given.new) is distinct from (due.old, due.new)
union all
select
    revisions.edition,
    revisions.vintage,
    revisions.iso3,
    revisions.dimension,
    'a revision of a vintage that the file does not have' as found,
    'vintage ' || coalesce(editions.vintage, 0) || ' at most' as expected
from candidate.revisions as revisions
left join candidate.editions as editions using (edition)
where revisions.vintage > coalesce(editions.vintage, 0)
