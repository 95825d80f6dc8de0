-- Every digest of the manifest stands in the chain of landing, at or before the seal that the manifest names.
select
    inputs.kind,
    inputs.digest,
    coalesce(sealed.file, receipts.file) as file,
    coalesce('in seal ' || sealed.sequence, 'in no seal') as found,
    coalesce('in a seal up to ' || head.sequence, 'a manifest that names a seal') as expected
from run.inputs as inputs
left join run.head as head on true
left join landing.sealed as sealed on inputs.kind = sealed.kind and inputs.digest = sealed.digest
left join landing.receipts as receipts on inputs.digest = receipts.digest
where coalesce(sealed.sequence > head.sequence, true)
