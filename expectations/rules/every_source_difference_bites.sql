-- An entry on how a source differs explains a difference of its edition; one that does not has become untrue.
select
    edition,
    iso3,
    dimension,
    source,
    coalesce(given.verdict, 'no such figure') as found,
    'known_error: else revoke the decision, or take the entry out of the register' as expected
from seeds.source_differences as told
inner join recomputed.editions using (edition)
left join candidate.reconciliation as given using (edition, iso3, dimension, source)
where coalesce(given.verdict, '') not in ('known_error', 'revised')
