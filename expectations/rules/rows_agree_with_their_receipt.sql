-- What the rows of a return say of edition, state, sender, form, answers and whether they are invented is what its receipt says.
with
returns as (
    select
        return_digest as digest,
        string_agg(distinct edition, ', ' order by edition) as edition,
        string_agg(distinct iso3, ', ' order by iso3) as iso3,
        string_agg(distinct collector, ', ' order by collector) as collector,
        string_agg(distinct form_version, ', ' order by form_version) as form_version,
        if(bool_or(synthetic), 'synthetic', null) as synthetic,
        count(answer) as answered
    from landing.survey
    group by return_digest
)

select
    digest,
    receipts.file,
    concat_ws(
        ', ',
        returns.edition,
        returns.iso3,
        returns.collector,
        returns.form_version,
        returns.synthetic,
        returns.answered || ' answers'
    ) as found,
    concat_ws(
        ', ',
        receipts.edition,
        receipts.iso3,
        receipts.collector,
        receipts.form_version,
        if(receipts.synthetic, 'synthetic', null),
        receipts.answered || ' answers'
    ) as expected
from returns
inner join landing.receipts as receipts using (digest)
where found is distinct from expected
