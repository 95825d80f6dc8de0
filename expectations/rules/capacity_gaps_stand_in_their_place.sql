-- Pillar, indicator, concept and answer of a gap are those of its item and state.
select
    given.edition,
    given.iso3,
    given.grouping,
    given.place,
    concat_ws(' ', given.pillar, given.indicator, given.concept, given.answer) as found,
    concat_ws(' ', due.pillar, due.indicator, due.concept, due.answer) as expected
from candidate.capacity_gaps as given
left join recomputed.answers as due using (edition, iso3, item)
where
    (given.pillar, given.indicator, given.concept, given.answer)
    is distinct from (due.pillar, due.indicator, due.concept, due.answer)
