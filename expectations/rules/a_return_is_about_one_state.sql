-- All rows of one return are about one state of one edition, and of one sender; its edition is the manifest's.
select
    return_digest,
    string_agg(distinct concat_ws(' ', edition, iso3, collector), ', ' order by concat_ws(' ', edition, iso3, collector))
        as found,
    'one state, one edition, one sender, in edition ' || any_value(inputs.edition) as expected
from landing.survey as landed
left join (
    select digest as return_digest, edition as expected_edition, edition from run.inputs where kind = 'survey'
) as inputs using (return_digest)
group by return_digest
having
    count(distinct (landed.edition, landed.iso3, landed.collector)) > 1
    or bool_or(landed.edition is distinct from inputs.expected_edition)
