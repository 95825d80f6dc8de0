-- Every digest of the manifest has its receipt (accepted), its bytes (which have that digest) and its rows.
with
rows_landed as (
    select 'survey' as kind, return_digest as digest, count(*) as rows from landing.survey group by return_digest
    union all
    select 'reviews', review_digest, count(*) from landing.reviews group by review_digest
    union all
    select 'decisions', decision_digest, count(*) from landing.decisions group by decision_digest
    union all
    select 'partners', landing_digest, count(*) from landing.partners group by landing_digest
)

select
    inputs.kind,
    inputs.digest,
    receipts.file,
    'receipt ' || coalesce(receipts.verdict, 'missing')
    || ', bytes ' || case
        when files.sha256 is null then 'missing'
        when files.sha256 = inputs.digest then 'as received'
        else 'changed'
    end
    || ', ' || if(rows_landed.rows is null, 'no rows', 'rows') as found,
    'receipt accepted, bytes as received, rows' as expected
from run.inputs as inputs
left join landing.receipts as receipts on inputs.kind = receipts.kind and inputs.digest = receipts.digest
left join landing.files as files on inputs.kind = files.kind and inputs.digest = files.digest
left join rows_landed on inputs.kind = rows_landed.kind and inputs.digest = rows_landed.digest
where found is distinct from expected
