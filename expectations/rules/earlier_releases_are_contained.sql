-- Whatever landed for the candidate's edition before its newest input is one of its inputs.
select
    receipts.kind,
    receipts.digest,
    receipts.file,
    'collected ' || coalesce(receipts.collected_at, receipts.received_at) || ', not in the manifest' as found,
    'in the manifest' as expected
from landing.receipts as receipts
inner join run.subject as subject using (edition)
anti join run.inputs as inputs using (digest)
where
    receipts.kind in ('survey', 'reviews')
    and receipts.verdict = 'accepted'
    and coalesce(receipts.parts, 0) = 0  -- an export of submissions has no rows of its own
    and coalesce(receipts.collected_at, receipts.received_at) < (
        select max(coalesce(others.collected_at, others.received_at))
        from landing.receipts as others
        inner join run.inputs using (digest)
        inner join run.subject as subject on others.edition = subject.edition
    )
