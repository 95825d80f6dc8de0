-- A rehearsal's weights, thresholds and experts stand in no file that holds nothing of it.
with
there as (
    select edition, 'editions' as place, edition as node from candidate.editions
    union all
    select edition, 'framework' as place, node from candidate.framework
    union all
    select edition, 'tiers' as place, tier::varchar as node from candidate.tiers
    union all
    select edition, 'weight_allotments' as place, node from candidate.weight_allotments
    union all
    select edition, 'weight_spread' as place, node from candidate.weight_spread
)

select distinct
    edition,
    place,
    node,
    'edition' as column_name,
    'a row of a rehearsal' as found,
    'no row' as expected
from there
where edition in (from recomputed.left_out)
