-- All rows of one return are about one state of one edition, and of one sender; its edition is the manifest's.
with
about as (
    select
        return_digest,
        string_agg(distinct subject, ', ' order by subject) as found,
        count(distinct subject) as subjects,
        min(edition) as edition
    from (select *, concat_ws(' ', edition, iso3, collector) as subject from landing.survey)
    group by return_digest
)

select
    about.return_digest,
    about.found,
    'one state and sender, in edition ' || coalesce(inputs.edition, 'of the manifest') as expected
from about
left join run.inputs as inputs on about.return_digest = inputs.digest and inputs.kind = 'survey'
where about.subjects > 1 or about.edition is distinct from inputs.edition
