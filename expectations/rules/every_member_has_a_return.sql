-- Every member state of an edition sent a return or was researched, save those that a source says have no data.
select
    edition,
    iso3,
    'no return' as found,
    'a return, of the state or from desk research' as expected
from recomputed.taking_part as members
semi join run.editions using (edition)
left join seeds.respondents as respondents using (edition, iso3)
anti join landing.survey as landed using (edition, iso3)
where respondents.respondent_status is distinct from 'no_data'
